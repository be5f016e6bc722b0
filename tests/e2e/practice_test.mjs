// Kediri takes over Solo's sale in the browser: looks, tries, adapts, follows a
// newer version, gives back, compares.  Each page at the size of a phone, with axe.
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, shot, startLaris } from './lib.mjs';

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

const give = (city, login, slug, version, title) => as(city, login, 'POST', `/admin/practice/give/festival/${slug}`,
	`title=${title}`, `version=${version}`, 'name=great-sale', 'guide=Mulai enam puluh hari sebelumnya.', 'lessons=',
	'ask=', 'licence=');

function setUp() {
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	larisDone(dir, ['city', 'add', '35.71']);
	larisDone(dir, ['person', 'add', 'kediri', 'kediri', '--role', 'organiser'], 'laris-demo\n');
	for (const [city, login, residents, umkm] of [['surakarta', 'panitia', 522364, 66000], ['kediri', 'kediri', 286796, 38806]]) {
		as(city, login, 'POST', '/admin/settings/city-residents', `value=${residents}`);
		as(city, login, 'POST', '/admin/settings/city-umkm', `value=${umkm}`);
	}
	as('surakarta', 'panitia', 'POST', '/admin/festival/sgs-2021/state/closed');
	give('surakarta', 'panitia', 'sgs-2021', '2021', 'Great Sale Solo');
}

async function field(page, path, value, reason) {
	const at = page.locator(`[name="v.${path}"]`);
	if (await at.evaluate((e) => e.localName) === 'select') await at.selectOption(value);
	else await at.fill(value);
	if (reason) await page.fill(`[name="r.${path}"]`, reason);
}

async function taken(page) {
	await go(page, '/admin/practice', 'practice gallery');
	ok((await words(page)).includes('Great Sale Solo'), 'Solo’s sale can be taken over');
	await link(page, 'Great Sale Solo');
	await checkPage(page, 'practice page');
	await link(page, 'Coba dulu');
	await checkPage(page, 'practice try');
	await page.fill('[name=year]', '2022');
	await send(page, 'Isi lembar penyesuaian');
	await checkPage(page, 'practice step 1');
	await field(page, 'sale/name', 'Kediri Great Sale');
	await field(page, 'sale/first-day', '2022-10-14');
	await field(page, 'sale/days', '24', 'Kalender');
	await field(page, 'sale/target', '12 miliar', 'Ukuran kota');
	await field(page, 'sale/admission', 'open', 'pedagang masih sedikit');
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
	page.problems.length = 0;
	await checkPage(page, 'practice step refused');
	await field(page, 'rules/unit', '25.000', 'belanja rata-rata lebih kecil');
	await send(page, 'Simpan, lanjut');
	ok((await words(page)).includes('Langkah 3 dari'), 'on to the third step');
	await send(page, 'Simpan, lihat semua langkah');
	await checkPage(page, 'practice sheet');
	ok((await words(page)).includes('belanja rata-rata lebih kecil'), 'all is looked over at the end');
	await send(page, 'Buat draf');
	await checkPage(page, 'practice deviations');
	await shot(page, 'practice-deviations');
	ok((await words(page)).includes('berdasarkan surakarta/festival/great-sale@2021'), 'a draft, and what it is based on');
	await link(page, 'Ubah');
	await checkPage(page, 'practice change');
	await link(page, 'Langkah dan tenggat');
	await checkPage(page, 'practice same');
}

async function followed(page) {
	as('surakarta', 'panitia', 'POST', '/admin/festival/new', 'name=Solo Great Sale 2022', 'slug=sgs-2022',
		'first_day=2022-09-25', 'last_day=2022-10-30', 'target=900 miliar', 'unit=40000', 'counting=person',
		'admission=approval');
	give('surakarta', 'panitia', 'sgs-2022', '2022', 'Great Sale Solo');
	await page.reload();
	await link(page, 'great-sale@2022');
	await checkPage(page, 'practice newer');
	await shot(page, 'practice-newer');
	await page.locator('fieldset', { hasText: 'Nilai satu kupon' }).locator('label:has([value=keep])').click();
	for (const other of ['Lama (hari)', 'Target transaksi'])
		await page.locator('fieldset', { hasText: other }).locator('label:has([value=take])').click();
	await send(page, 'Terapkan');
	ok((await words(page)).includes('berdasarkan surakarta/festival/great-sale@2022'), 'it follows the newer base');
}

async function given(page) {
	await go(page, '/admin/practice/give/festival/great-sale', 'practice give');
	await page.fill('[name=title]', 'Great Sale Kediri');
	await page.fill('[name=version]', '2022');
	await page.fill('[name=lessons]', 'Mulai sesudah panen.');
	await send(page, 'Terbitkan');
	await checkPage(page, 'practice given');
	await link(page, 'Silsilah');
	await checkPage(page, 'practice family');
	ok((await words(page)).includes('kediri/festival/great-sale@2022'), 'Kediri’s version stands in the family');
	as('kediri', 'kediri', 'POST', '/admin/festival/great-sale/state/inviting');
	await go(page, '/kediri/compare?with=surakarta/sgs-2021&with=kediri/great-sale', 'practice compare');
	ok((await words(page)).includes('Rp 11.917.186'), 'Solo’s figure per 1,000 residents');
}

await run(async () => {
	dir = scratch();
	setUp();
	site = await startLaris(dir);
	const browser = await launch();
	const page = await signIn(browser, 'kediri', 'kediri');
	await taken(page);
	await followed(page);
	await given(page);
	await site.stop();
	ok(larisDone(dir, ['check']) !== undefined, 'laris check is clean');
});
