// A merchant from nothing to the first sale, on a cheap phone without
// script: registers, waits, is let in, sells, sees the day, has the sheet.
// (axe needs script: journey_test.mjs looks at the same pages with it.)
import { laris, larisDone, launch, newPage, ok, run, same, scratch, scrollsSideways, startLaris } from './lib.mjs';

const F = '/kediri/pasar-raya', A = '/admin/festival/pasar-raya';
const PASSWORD = 'kata-sandi-9';
let site;

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path}: 200`);
}

async function send(page, action, fields = {}) {
	const form = page.locator(`form[action="${action}"]`).first();
	for (const [name, value] of Object.entries(fields)) {
		const box = form.locator(`[name="${name}"]`).first();
		const kind = await box.evaluate((e) => e.type === 'radio' ? 'radio' : e.localName);
		if (kind === 'select') await box.selectOption(value);
		else if (kind === 'radio')
			await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
		else await box.fill(value);
	}
	await Promise.all([page.waitForNavigation(), form.locator('button[type=submit]').first().click()]);
}

const words = (page) => page.innerText('main');
const has = async (page, text, what) => ok((await words(page)).includes(text), what || `says "${text}"`,
    await words(page));

/** An open sale that lets nobody in by itself. */
function prepare(dir) {
	const ask = (...words) => laris(dir, ['request', '--city', 'kediri', '--as', 'ketua', 'POST', ...words]);
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	larisDone(dir, ['init']);
	larisDone(dir, ['city', 'add', '35.71']);
	larisDone(dir, ['person', 'add', 'kediri', 'ketua', '--role', 'organiser'], `${PASSWORD}\n`);
	ask('/admin/festival/new', 'name=Pasar Raya Kediri', 'slug=pasar-raya', `first_day=${today}`,
	    `last_day=${today}`, 'target=0', 'admission=approval', 'unit=50000', 'counting=person');
	ask(`${A}/state/inviting`);
	ask('/admin/venues', 'name=Pasar Setono Betek', 'kind=market');
	ask(`${A}/merchants`, 'name=Grosir Ngronggo', 'sector=grocery');
	const made = ask('/admin/draw', 'name=Undian utama', 'slug=utama');
	ask(`${/^Location: (.*)$/m.exec(made.stderr)[1]}/prize`, 'title=Rumah', 'code=RUMAH', 'cls=UTAMA',
	    'number=1', 'value=300000000');
	ok(/303/.test(ask(`${A}/state/open`).stderr), 'a sale is open');
}

async function registers(phone) {
	await go(phone, F);
	await Promise.all([phone.waitForNavigation(), phone.locator(`a[href="${F}/join"]`).first().click()]);
	await send(phone, `${F}/join/place`, { name: 'Getuk Mbok Yah', sector: 'food' });
	await send(phone, `${F}/join/you`, { stall: 'C-4' });
	await send(phone, `${F}/join`, { phone: '0812 3456 7890', email: 'getuk@contoh', password: PASSWORD });
	await has(phone, 'tulislah alamat e-mail', 'an e-mail address that is none: what to write');
	same(await phone.inputValue('[name=phone]'), '0812 3456 7890', 'and the rest is still there');
	ok(!await scrollsSideways(phone), 'and it fits the phone');
	await send(phone, `${F}/join`, { email: '', password: PASSWORD });
	same(new URL(phone.url()).pathname, '/m', 'signed in at once');
	same(await phone.locator('form[action="/m/sale"]').count(), 0, 'but not let in yet: nothing to sell with');
}

async function letIn(board) {
	await go(board, '/sign-in');
	await send(board, '/sign-in', { city: 'kediri', login: 'ketua', password: PASSWORD });
	await go(board, `${A}/merchants`);
	await Promise.all([board.waitForNavigation(),
		board.locator('form[action$="/decide"] button.btn').first().click()]);
}

async function sells(phone) {
	await go(phone, '/m');
	await send(phone, '/m/sale', { amount: 'seratus', method: 'cash' });
	same(new URL(phone.url()).pathname, '/m/sale', 'an amount in words is asked again');
	await send(phone, '/m/sale', { amount: '125.000', method: 'cash' });
	ok(/^\/m\/sale\/\w{13}$/.test(new URL(phone.url()).pathname), 'the first sale', await words(phone));
	const code = /QR ([0-9A-Z]{8})/.exec(await phone.locator('main svg.qr').first().getAttribute('aria-label'));
	ok(code, 'a code for the shopper');
	ok(!await scrollsSideways(phone), 'the code fits the phone');
	await go(phone, '/m/day');
	await has(phone, '125.000', 'it stands in the day');
	await go(phone, '/m');
	await Promise.all([phone.waitForNavigation(), phone.click('main a[href="/help/merchant"]')]);
	await has(phone, 'Setiap ada pembeli', 'the sheet of help is one tap away');
}

run(async () => {
	const dir = scratch();
	prepare(dir);
	site = await startLaris(dir);
	const browser = await launch();
	const phone = await newPage(browser, { javaScriptEnabled: false });
	await registers(phone);
	await letIn(await newPage(browser));
	await sells(phone);
	await site.stop();
	same(laris(dir, ['check']).status, 0, 'laris check: every sum agrees');
});
