// The rules of a sale in the browser: put together as a draft, tried, opened,
// amended with a reason, and read by everybody.
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const SALE = '/admin/festival/pasar-raya', OPEN = '/surakarta/pasar-raya';
let site, dir;

const ask = (...args) => larisDone(dir, ['request', '--city', 'surakarta', '--as', 'panitia', ...args]);
const words = async (page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path}: 200`);
}

async function send(page, button) {
	await Promise.all([page.waitForNavigation(), page.locator('main button', { hasText: button }).first().click()]);
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

// One of the folded forms, by its title; what is inside is filled in by name.
async function add(page, title, fields, button = 'Tambahkan') {
	const form = page.locator('details', { hasText: title }).first();
	if (!await form.evaluate((d) => d.open)) await form.locator('summary').click();
	for (const [name, value] of Object.entries(fields)) {
		const field = form.locator(`[name=${name}]`).first();
		const kind = await field.evaluate((e) => e.type ?? e.localName);
		if (kind === 'radio') await form.locator(`label:has([name=${name}][value=${value}])`).click();
		else if (kind === 'select-one') await field.selectOption(value);
		else await field.fill(value);
	}
	await Promise.all([page.waitForNavigation(), form.locator('button', { hasText: button }).click()]);
}

async function drafted(page) {
	await go(page, `${SALE}/rules`);
	await checkPage(page, 'rules of a draft');
	await add(page, 'Menurut jenis lokasi', { venue: 'market', factor: 'dua' });
	ok((await words(page)).includes('"dua" bukan pengali'), 'a factor that is none is refused');
	same(await page.locator('details[open] [name=factor]').first().inputValue(), 'dua', 'and still stands there');
	page.problems.length = 0;
	await add(page, 'Menurut jenis lokasi', { venue: 'market', factor: '1,5 kali' });
	await add(page, 'Menurut jam', { hour: '10', hour_to: '11', factor: '2x' });
	await add(page, 'Kecualikan satu sektor', { sector: 'bank' }, 'Kecualikan');
	const text = await words(page);
	ok(text.includes('Belanja di pasar dihitung 1,5 kali.') && text.includes('pukul 11.00-11.59 dihitung 2 kali.')
		&& text.includes('Belanja di sektor perbankan tidak dihitung.'), 'three rules, in sentences');
	await page.locator('li', { hasText: 'pukul 11.00-11.59' }).locator('button').click();
	await page.waitForLoadState();
	ok(!(await words(page)).includes('pukul 11.00-11.59'), 'one hour is taken away again');
	await checkPage(page, 'rules put together');
}

async function tried(page) {
	await go(page, `${SALE}/rules/try`);
	await checkPage(page, 'try, empty');
	await page.fill('[name=amount]', '100.000');
	await page.locator('label:has([name=venue][value=market])').click();
	await page.selectOption('[name=hour]', '10');
	await send(page, 'Hitung');
	const text = await words(page);
	ok(text.includes('Rp 300.000 dihitung, dari Rp 100.000') && text.includes('6 kupon'),
	    'a market at ten: 100.000 count three times');
	ok(text.includes('pengali lokasi: Belanja di pasar dihitung 1,5 kali. Rp 100.000 menjadi Rp 150.000.')
		&& text.includes('pengali jam: Belanja pukul 10.00-10.59 dihitung 2 kali. Rp 150.000 menjadi Rp 300.000.'),
	    'and each rule says what it did');
	await checkPage(page, 'try');
	const shared = page.url();
	same(await page.goto(shared.replace('amount=100.000', 'amount=seratus')).then((a) => a.status()), 422,
	    'an amount that is none: 422');
	same(await page.inputValue('[name=amount]'), 'seratus', 'still there to be put right');
	same(await page.inputValue('[name=hour]'), '10', 'with all the rest');
	page.problems.length = 0;
}

function opened() {
	ask('POST', `${SALE}/merchants`, 'name=Batik Bu Rini', 'sector=fashion', 'size=micro');
	ask('POST', `/admin/draw?sale=pasar-raya`, 'name=Undian utama', 'slug=utama');
	const page = ask('GET', '/admin/draw?sale=pasar-raya');
	ask('POST', `${/\/admin\/draw\/[0-9A-Z]{13}/.exec(page)[0]}/prize`, 'title=Rumah', 'code=RUMAH', 'cls=UTAMA', 'number=1');
	ask('POST', `${SALE}/state/inviting`);
	ask('POST', `${SALE}/state/open`);
}

async function amended(page, second) {
	await go(page, `${SALE}/rules`);
	await checkPage(page, 'rules of an open sale');
	await page.fill('#f-cap_day', '1.000.000');
	await send(page, 'Jadikan usulan');
	ok((await words(page)).includes('Usulan perubahan belum berlaku'), 'a change becomes a proposal');
	await checkPage(page, 'a proposal');
	await go(page, `${SALE}/rules/try?amount=2000000&venue=market&method=cash&day=${today()}&hour=10`);
	ok((await words(page)).includes('Dengan usulan perubahan') && (await words(page)).includes('batas per hari'),
	    'a purchase is tried by both');
	await go(second, `${SALE}/rules`);
	await go(page, `${SALE}/rules`);
	await page.fill('[name=reason]', 'Rapat panitia dan Kadin: supaya hadiah merata.');
	await send(page, 'Umumkan perubahan');
	ok((await words(page)).includes('Perubahan 1 belum berlaku'), 'announced, with when it holds');
	await checkPage(page, 'rules amended');
	await second.fill('[name=reason]', 'Tombol yang sama, orang yang lain.');
	await send(second, 'Umumkan perubahan');
	ok((await words(second)).includes('Rapat panitia dan Kadin'), 'who comes second sees what was announced');
	second.problems.length = 0;
}

const today = () => new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);

await run(async () => {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	ask('POST', '/admin/festival/new', 'name=Pasar Raya', 'slug=pasar-raya', `first_day=${today()}`,
	    `last_day=${today()}`, 'target=1000000000', 'admission=approval', 'unit=50000', 'counting=person');
	site = await startLaris(dir);
	const browser = await launch();
	const page = await signIn(browser, 'panitia');
	await drafted(page);
	await tried(page);
	opened();
	await amended(page, await signIn(browser, 'panitia'));
	const anyone = await newPage(browser);
	await go(anyone, `${OPEN}/rules`);
	const text = await words(anyone);
	ok(text.includes('Rapat panitia dan Kadin') && text.includes('dalam satu hari dihitung paling banyak Rp 1.000.000'),
	    'everybody reads the reason and what changed');
	ok(!text.includes('panitia ·'), 'not the login of who did it');
	await checkPage(anyone, 'public rules amended');
	await site.stop();
	ok(larisDone(dir, ['check']) !== undefined, 'laris check is clean');
});
