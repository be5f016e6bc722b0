// Kediri takes over Solo's sale in the browser, as docs/guide/kediri.md tells: looks,
// tries, adapts seven fields, follows a newer version, opens, closes, compares, gives
// back.  Each page at the size of a phone, with axe.  Solo's figures are those the press
// printed, shipped with the program; Kediri's purchases are made up here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPage, larisDone, launch, newPage, ok, PHONE, picture, run, same, scratch, shot,
	startLaris } from './lib.mjs';

const DAYS = 24, SALE = '/admin/festival/great-sale';

let site, dir;
const as = (city, login, ...args) => larisDone(dir, ['request', '--city', city, '--as', login, ...args]);
const words = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

async function go(page, path, name) {
	same((await page.goto(site.url + path)).status(), 200, `${name}: 200`);
	await checkPage(page, name);
	await shot(page, name.replaceAll(' ', '-'));
}

async function send(page, button) {
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: button }).first().click()]);
}

async function link(page, text) {
	await Promise.all([page.waitForNavigation(), page.locator('main a', { hasText: text }).first().click()]);
}

async function signIn(browser, city, login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.selectOption('[name=city]', city);
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await Promise.all([page.waitForNavigation(),
		page.locator('form[action="/sign-in"] button[type=submit]').click()]);
	page.problems.length = 0;
	return page;
}

/** The page as a phone shows it, with this in view. */
async function seen(page, name, at) {
	if (!process.env.SHOTS) return;
	await page.evaluate(() => scrollTo(0, 0));
	if (at) await at.first().evaluate((e) => scrollTo(0, e.getBoundingClientRect().top - 60));
	await picture(page, name, PHONE);
}

const day = (offset) => new Date(Date.now() + (7 * 3600 + offset * 86400) * 1000).toISOString().slice(0, 10);

function setUp() {
	larisDone(dir, ['init']);
	larisDone(dir, ['city', 'add', '35.71']);
	larisDone(dir, ['person', 'add', 'kediri', 'kediri', '--role', 'organiser'], 'laris-demo\n');
	as('kediri', 'kediri', 'POST', '/admin/settings/city-residents', 'value=286796');
	as('kediri', 'kediri', 'POST', '/admin/settings/city-umkm', 'value=38806');
	as('kediri', 'kediri', 'POST', '/admin/settings/base-url', 'value=https://sgs.kediri.example');
}

async function field(page, path, value, reason) {
	const at = page.locator(`[name="v.${path}"]`);
	if (await at.evaluate((e) => e.localName) === 'select') await at.selectOption(value);
	else await at.fill(value);
	if (reason) await page.fill(`[name="r.${path}"]`, reason);
}

async function looked(page) {
	await go(page, '/admin/practice', 'practice gallery');
	await seen(page, 'practice-gallery');
	await link(page, 'Solo Great Sale 2021');
	await checkPage(page, 'practice page');
	ok((await words(page)).includes('Rp 1.161.765.651.336'), 'what Solo reached, as it was printed');
	await seen(page, 'practice-outcomes', page.locator('main table'));
	await link(page, 'Coba dulu');
	await checkPage(page, 'practice try');
	await page.fill('[name=year]', day(0).slice(0, 4));
	await seen(page, 'practice-try', page.locator('tr', { hasText: 'Target transaksi' }));
	ok((await words(page)).includes('Rp 800.000.000.000 × 286.796 ÷ 522.364 penduduk = Rp 439.227.818.150'),
		'the target in proportion, with its arithmetic');
	await page.check('[name=scale]');
	await send(page, 'Isi lembar penyesuaian');
}

async function adapted(page) {
	await checkPage(page, 'practice step 1');
	same(await page.inputValue('[name="v.sale/target"]'), '440.000.000.000', 'the suggestion stands in its field');
	await field(page, 'sale/name', 'Kediri Great Sale');
	await field(page, 'sale/first-day', day(1 - DAYS));
	await field(page, 'sale/days', String(DAYS), 'Kalender');
	await field(page, 'sale/admission', 'open', 'pedagang masih sedikit');
	await field(page, 'sale/admission-rule', 'Berusaha di Kota Kediri', 'aturan setempat');
	await seen(page, 'practice-step', page.locator('.field', { has: page.locator('[name="v.sale/days"]') }));
	await send(page, 'Simpan, lanjut');
	await page.goBack();
	same(await page.inputValue('[name="r.sale/days"]'), 'Kalender', 'the back button shows what was kept');
	await send(page, 'Simpan, lanjut');
	await checkPage(page, 'practice step 2');
	await field(page, 'rules/minimum', '10.000', 'nota kecil banyak');
	await field(page, 'rules/unit', '25.000');
	await send(page, 'Simpan, lanjut');
	ok((await words(page)).includes('Anda mengubah ini'), 'a change without its reason is shown at its field');
	same(await page.inputValue('[name="r.rules/minimum"]'), 'nota kecil banyak', 'nothing typed is lost');
	await seen(page, 'practice-reason', page.locator('.field', { has: page.locator('[name="v.rules/unit"]') }));
	page.problems.length = 0;
	await checkPage(page, 'practice step refused');
	await field(page, 'rules/unit', '25.000', 'belanja rata-rata lebih kecil');
	await send(page, 'Simpan, lanjut');
	ok((await words(page)).includes('Langkah 3 dari'), 'on to the third step');
	await field(page, 'steps/announce/days', '-45', 'pelajaran Solo: umumkan lebih awal');
	await send(page, 'Simpan, lanjut');
	await field(page, 'venues/market', 'Pasar Setono Betek; Pasar Pahing');
	await send(page, 'Simpan, lihat semua langkah');
	await checkPage(page, 'practice sheet');
	same(await page.locator('main table tbody tr').count(), 7, 'seven fields deviate, and are looked over at the end');
	await seen(page, 'practice-sheet', page.locator('main table'));
	await send(page, 'Buat draf');
	await checkPage(page, 'practice deviations');
	await shot(page, 'practice-deviations');
	ok((await words(page)).includes('berdasarkan solo/festival/great-sale@2021'), 'a draft, and what it is based on');
	await seen(page, 'practice-deviations', page.locator('main h2'));
	await link(page, 'Ubah');
	await checkPage(page, 'practice change');
	await link(page, 'Langkah dan tenggat');
	await checkPage(page, 'practice same');
}

async function followed(page) {
	await link(page, 'great-sale@2022');
	await checkPage(page, 'practice newer');
	await shot(page, 'practice-newer');
	await seen(page, 'practice-newer', page.locator('fieldset', { hasText: 'Lama (hari)' }));
	for (const other of ['Lama (hari)', 'Target transaksi'])
		await page.locator('fieldset', { hasText: other }).locator('label:has([value=keep])').click();
	await send(page, 'Terapkan');
	ok((await words(page)).includes('berdasarkan solo/festival/great-sale@2022'), 'it follows the newer base');
}

/** Merchants and purchases of 24 days, made up but always the same. */
function files() {
	const shops = ['nama usaha,sektor,no kios'], names = ['Tahu', 'Tenun', 'Getuk', 'Pecel', 'Batik', 'Kopi'];
	for (let i = 0; i < 18; i++) shops.push(`${names[i % 6]} ${'ABC'[i / 6 | 0]},${i % 6 === 1 || i % 6 === 4 ? 'busana' : 'makanan'},B-${i + 1}`);
	writeFileSync(join(dir, 'shops.csv'), shops.join('\n'));
	larisDone(dir, ['import', 'merchants', 'kediri', 'great-sale', join(dir, 'shops.csv')]);
	const codes = [...new Set(as('kediri', 'kediri', 'GET', `${SALE}/merchants`).match(/(?<=>)\d{6}(?= )/g))].sort();
	larisDone(dir, ['card', 'print', 'kediri', 'great-sale', '--count', '20', join(dir, 'cards.pdf')]);
	const cards = larisDone(dir, ['card', 'list', 'kediri', 'great-sale']).split('\n')
		.map((x) => x.split('\t')[0]).filter((x) => /^\d+$/.test(x)).sort();
	const rows = ['tanggal,kode usaha,jumlah,kartu,metode'];
	for (let d = 0; d < DAYS; d++)
		for (let i = 0; i < 15; i++)
			rows.push([day(d + 1 - DAYS), codes[i], 8000 + (d * 7 + i * 13) % 40 * 2500 + d * 1000, cards[(d + i) % 20],
				(d + i) % 3 ? 'tunai' : 'qris'].join(','));
	writeFileSync(join(dir, 'sales.csv'), rows.join('\n'));
}

async function lived(page) {
	as('kediri', 'kediri', 'POST', `${SALE}/state/inviting`);
	files();
	await go(page, SALE, 'practice sale');
	await Promise.all([page.waitForNavigation(), page.locator('form[action$="/state/open"] button').click()]);
	ok(larisDone(dir, ['festival', 'list', 'kediri']).includes('open'), 'the adopted sale is open', await words(page));
	larisDone(dir, ['import', 'purchases', 'kediri', 'great-sale', join(dir, 'sales.csv')]);
	await page.goto(`${site.url}/kediri/great-sale`);
	await seen(page, 'practice-open');
	as('kediri', 'kediri', 'POST', `${SALE}/state/closed`);
	ok(larisDone(dir, ['festival', 'list', 'kediri']).includes('closed'), 'and closed');
}

async function compared(page) {
	const solo = (await page.context().request.get(`${site.url}/admin/practice`).then((r) => r.text()))
		.match(/\/admin\/practice\/([0-9a-f]{16})"[^]{0,80}Solo Great Sale 2021/)[1];
	await go(page, `/kediri/compare?with=${solo}&with=kediri/great-sale`, 'practice compare');
	const printed = await words(page);
	const sum = page.locator('tr', { hasText: 'Rp 1.161.765.651.336' });
	ok((await sum.first().innerText()).replace(/\s+/g, ' ').includes('Lama (hari): 24, pembandingnya 31'),
		'the sum does not compare, and why', await sum.first().innerText());
	ok(['Rp 24.670.000', 'Rp 1.027.917', '974'].every((x) => printed.includes(x)), 'what the guide prints', printed);
	const many = page.locator('tr', { hasText: '22.273' });
	ok(!(await many.first().innerText()).includes('tidak sebanding'), 'merchants compare', await many.first().innerText());
	await seen(page, 'practice-compare', sum);
}

async function given(page) {
	await go(page, '/admin/practice/give/festival/great-sale', 'practice give');
	await page.fill('[name=title]', 'Great Sale Kediri');
	await page.fill('[name=version]', day(0).slice(0, 4));
	await page.fill('[name=lessons]', 'Mulai sesudah panen.');
	await seen(page, 'practice-give', page.locator('[name=lessons]'));
	await send(page, 'Terbitkan');
	await checkPage(page, 'practice given');
	await link(page, 'Silsilah');
	await checkPage(page, 'practice family');
	const child = page.locator('section.card', { hasText: `kediri/festival/great-sale@${day(0).slice(0, 4)}` });
	ok((await child.first().innerText()).includes('Nilai belanja'), 'Kediri’s version stands in the family, with its figures');
	ok((await child.first().innerText()).includes('tidak sebanding'), 'and what does not compare with its parent');
	await seen(page, 'practice-family', child);
}

await run(async () => {
	dir = scratch();
	setUp();
	site = await startLaris(dir);
	const browser = await launch(['--lang=id-ID']);
	const page = await signIn(browser, 'kediri', 'kediri');
	await looked(page);
	await adapted(page);
	await followed(page);
	await lived(page);
	await compared(page);
	await given(page);
	await site.stop();
	ok(larisDone(dir, ['check']) !== undefined, 'laris check is clean');
});
