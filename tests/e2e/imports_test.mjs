// Files of offices on the organiser's page: with a browser, and without script.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const SALE = '/admin/festival/sgs-2021';
let site, dir, codes;

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path}: 200`);
}

async function signIn(browser, options = {}) {
	const page = await newPage(browser, options);
	await page.goto(`${site.url}/sign-in`);
	await page.selectOption('[name=city]', 'surakarta');
	await page.fill('[name=login]', 'panitia');
	await page.fill('[name=password]', 'laris-demo');
	await Promise.all([page.waitForNavigation(),
		page.locator('form[action="/sign-in"] button[type=submit]').click()]);
	page.problems.length = 0;
	return page;
}

function file(name, lines) {
	const rows = ['\ufefftanggal;jam;kode usaha;no nota;jumlah;metode'];
	for (let i = 0; i < lines; i++)
		rows.push(`${String(i % 31 + 1).padStart(2, '0')}/10/2021;14.05;${codes[i % codes.length]};${name}-${i};"Rp ${i % 9 + 1}.250.000,-";tunai`);
	writeFileSync(join(dir, `${name}.csv`), rows.join('\r\n') + '\r\n');
	return join(dir, `${name}.csv`);
}

async function bring(page, path, kind = 'purchases') {
	await go(page, `${SALE}/import`);
	await page.locator(`label:has(input[name=kind][value=${kind}])`).click();
	await page.setInputFiles('input[name=file]', path);
	await Promise.all([page.waitForNavigation(), page.locator('form[enctype] button[type=submit]').click()]);
}

/** The page asks again by itself until it is done. */
async function until(page, words) {
	await page.locator('main', { hasText: words }).waitFor({ timeout: 60000 });
}

async function whole(page) {
	await go(page, `${SALE}/import`);
	await page.locator('details summary').first().click();
	await checkPage(page, 'import');
	await bring(page, file('nota-oktober', 250));
	await until(page, 'Masukkan 250 baris');
	await checkPage(page, 'import checked');
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Masukkan 250 baris' }).click()]);
	await until(page, 'Dimasukkan oleh');
	await page.locator('summary', { hasText: 'Coret' }).click();
	await checkPage(page, 'import recorded');
	await page.evaluate(() => document.querySelectorAll('[required]').forEach((e) => e.removeAttribute('required')));
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Coret semua' }).click()]);
	ok(await page.locator('details[open] input[name=reason]').count() === 1,
	    'struck out without a reason: the page again, where it is to be typed');
	page.problems.length = 0;
	await page.fill('input[name=reason]', 'Berkas bulan lalu');
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Coret semua' }).click()]);
	await until(page, 'Dicoret oleh');
	await checkPage(page, 'import struck out');
	await go(page, `${SALE}/import`);
	await checkPage(page, 'import list');
}

async function wrong(page) {
	const rows = ['tanggal;jam;kode usaha;jumlah;Catatan kasir'];
	for (let i = 0; i < 60; i++)
		rows.push(`31/10/2021;25.00;${codes[0]};${i % 2 ? 'seratus ribu' : '100.000'};`);
	writeFileSync(join(dir, 'salah.csv'), rows.join('\n'));
	await bring(page, join(dir, 'salah.csv'));
	await until(page, '60 dari 60 baris salah');
	await checkPage(page, 'import wrong');
	writeFileSync(join(dir, 'buku.xlsx'), 'PK\x03\x04');
	await bring(page, join(dir, 'buku.xlsx'));
	await until(page, 'Buang berkas ini');
	await checkPage(page, 'import refused');
}

/** What waits is drawn as it was at one moment: the page must not go on under the check. */
async function waiting(page) {
	await bring(page, file('besar', 60000));
	await until(page, 'Masukkan 60.000 baris');
	const where = page.url();
	await page.route(where, async (route) => {
		const r = await route.fetch({ maxRedirects: 0 });
		const headers = r.headers();
		delete headers.refresh;
		await route.fulfill({ response: r, headers });
	});
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: 'Masukkan 60.000 baris' }).click()]);
	await page.goto(where);		// what follows a redirect is not routed
	ok(await page.locator('progress').count() === 1, 'how far it is');
	await page.waitForFunction(() => document.querySelector('progress').value > 0);
	ok(/dari 60.000 baris/.test(await page.locator('[data-key=say]').innerText()), 'goes up by itself');
	await checkPage(page, 'import runs');
	await page.unroute(where);
	await page.reload();
	await until(page, 'Dimasukkan oleh');
}

async function main() {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	const html = larisDone(dir, ['request', '--city', 'surakarta', '--as', 'panitia', 'GET', `${SALE}/merchants`]);
	codes = [...html.matchAll(/>(\d{6}) /g)].map((m) => m[1]).slice(0, 20);
	site = await startLaris(dir);
	const browser = await launch();
	const page = await signIn(browser);
	await whole(page);
	await wrong(page);
	await waiting(page);
	const bare = await signIn(browser, { javaScriptEnabled: false });
	await bring(bare, file('tanpa-js', 30));
	await until(bare, 'Masukkan 30 baris');
	await Promise.all([bare.waitForNavigation(), bare.locator('main button', { hasText: 'Masukkan 30 baris' }).click()]);
	await until(bare, 'Dimasukkan oleh');
	ok(true, 'the same without script');
}

await run(main);
