// The organiser's board: figures that agree with each other, charts drawn by
// script, silent merchants and what came of asking them, one search.
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, shot, startLaris } from './lib.mjs';

const SALE = '/admin/festival/sgs-2021';
let site;

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path}: 200`);
}

async function signIn(browser, login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.selectOption('[name=city]', 'surakarta');
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await Promise.all([page.waitForNavigation(),
		page.locator('form[action="/sign-in"] button[type=submit]').click()]);
	page.problems.length = 0;
	return page;
}

async function figures(page) {
	await go(page, `${SALE}/board`);
	await checkPage(page, 'board');
	await page.click('[data-charts]');
	await page.waitForSelector('[data-part=day] canvas');
	ok(await page.locator('[data-part=hour] canvas').count() === 1, 'days and hours are drawn');
	await shot(page, 'board');
	const f = await page.evaluate(async (url) => (await fetch(url)).json(), `${SALE}/board/figures`);
	for (const part of ['day', 'hour', 'sector', 'venue', 'village', 'method'])
		same(f[part].reduce((n, r) => n + r.rupiah, 0), f.rupiah, `by ${part} it adds up to the whole`);
	same(f.day.find((d) => d.key === 18931).rupiah, f.today_rupiah, 'today is the last day of a sale that is over');
	const rows = await page.locator('[data-part=venue] tbody tr').count();
	same(rows, f.venue.length, 'the table has a row for each');
}

async function silent(page, officer) {
	await go(page, `${SALE}/silent`);
	await checkPage(page, 'silent merchants');
	const first = page.locator('main li.card').first();
	const name = await first.locator('h2').innerText();
	ok((await first.innerText()).includes('Catatan terakhir'), `the longest silent first: ${name}`);
	await Promise.all([page.waitForNavigation(), first.locator('a', { hasText: 'Catat hasil' }).click()]);
	await checkPage(page, 'one that was asked');
	await page.evaluate(() => document.querySelectorAll('[required]').forEach((e) => e.removeAttribute('required')));
	await page.fill('input[name=note]', 'sudah ditanya');
	await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
	ok((await page.locator('main').innerText()).includes(name) && await page.inputValue('input[name=note]') === 'sudah ditanya',
	    'saved without an outcome: the page is shown again, with what was typed');
	page.problems.length = 0;
	await go(officer, `${SALE}/silent?since=3`);
	const card = officer.locator('main li.card').first();
	await Promise.all([officer.waitForNavigation(), card.locator('a', { hasText: 'Catat hasil' }).click()]);
	await officer.locator('label', { hasText: 'perlu dibantu di tempat' }).click();
	await officer.fill('input[name=note]', 'lupa cara memakai kartu');
	await Promise.all([officer.waitForNavigation(), officer.click('main button[type=submit]')]);
	ok((await officer.locator('main li.card').first().innerText()).includes('lupa cara memakai kartu'),
	    'an officer notes what came of asking');
	await go(page, `${SALE}/silent?since=never`);
	await checkPage(page, 'nobody never recorded');
	await go(page, '/admin/audit');
	ok((await page.locator('main').innerText()).includes('Pelaku usaha dihubungi'), 'and the audit keeps it');
}

async function search(page) {
	for (const [q, found] of [['batik', 'Batik'], ['pasar gede', 'Pasar Gede'], ['petugas', 'petugas'], ['ZZZ%', 'Tidak ditemukan']]) {
		await go(page, `/admin/search?q=${encodeURIComponent(q)}`);
		ok((await page.locator('main').innerText()).includes(found), `"${q}" finds ${found}`);
	}
	await checkPage(page, 'nothing found');
	const { stdout } = { stdout: larisDone(site.dir, ['card', 'list', 'surakarta', 'sgs-2021', '--limit', '1']) };
	const number = /\d{9}/.exec(stdout)[0];
	await go(page, `/admin/search?q=${number.slice(0, 4)}+${number.slice(4, 8)}+${number.slice(8)}`);
	await checkPage(page, 'found');
	ok(await page.locator(`main a[href$="/card/${number}"]`).count() === 1, 'a card is found by its number as printed');
}

await run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir);
	site.dir = dir;
	const browser = await launch();
	const page = await signIn(browser, 'panitia');
	await figures(page);
	await silent(page, await signIn(browser, 'petugas'));
	await search(page);
});
