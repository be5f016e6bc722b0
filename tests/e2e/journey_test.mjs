// The whole of it, as people do it, on a phone: a city prepares its sale,
// a merchant joins and sells, a shopper takes the coupons, the draw is
// rehearsed and proven.  Every page on the way keeps its promises.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axe, checkPage, DESK, laris, larisDone, launch, newPage, ok, PHONE, picture, run, same,
	scratch, shot, startLaris } from './lib.mjs';

const CITY = 'kediri', SALE = 'pasar-raya';
const F = `/${CITY}/${SALE}`;

let site;

async function go(page, path) {
	const reply = await page.goto(site.url + path);
	same(reply.status(), 200, `${path.replace(/\w{13}/g, 'ID')}: 200`);
}

/** Press a button and come to the page behind it. */
async function press(page, button) {
	await Promise.all([page.waitForNavigation(), button.click()]);
}

async function send(page, form, fields) {
	for (const [name, value] of Object.entries(fields)) {
		const box = form.locator(`[name="${name}"]`).first();
		const kind = await box.evaluate((e) => e.type === 'radio' ? 'radio' : e.localName);
		if (kind === 'select') await box.selectOption(value);
		else if (kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
		else await box.fill(value);
	}
	await press(page, form.locator('button[type=submit]').first());
}

const formAt = (page, action) => page.locator(`form[action="${action}"]`).first();
const main = (page) => page.locator('main').innerText();

async function signIn(page, login) {
	await go(page, '/sign-in');
	await checkPage(page, 'sign in');
	await send(page, formAt(page, '/sign-in'), { city: CITY, login, password: 'kata-sandi-9' });
}

function day(offset) {
	const d = new Date(Date.now() + (7 * 3600 + offset * 86400) * 1000);
	return d.toISOString().slice(0, 10);
}

async function prepare(page) {
	await signIn(page, 'ketua');
	same(new URL(page.url()).pathname, '/admin', 'the organiser comes to the board');
	await checkPage(page, 'board empty');
	await picture(page, 'board', DESK);
	await go(page, '/admin/festival/new');
	await checkPage(page, 'new sale');
	await send(page, formAt(page, '/admin/festival/new'), { name: 'Pasar Raya Kediri', slug: SALE,
		first_day: day(-1), last_day: day(5), target: '1000000000', admission: 'approval',
		unit: '50000', counting: 'person' });
	const sale = new URL(page.url()).pathname;
	ok(/^\/admin\/festival\//.test(sale), `a sale was made: ${sale}`, await main(page));
	await checkPage(page, 'sale');
	await picture(page, 'sale', DESK);
	await go(page, '/admin/venues');
	await checkPage(page, 'venues empty');
	await send(page, formAt(page, '/admin/venues'), { name: 'Pasar Setono Betek', kind: 'market' });
	ok((await main(page)).includes('Pasar Setono Betek'), 'the venue is there');
	await move(page, sale, 'inviting');
	await go(page, `${sale}/setup`);
	await checkPage(page, 'steps');
	await go(page, '/admin');
	await checkPage(page, 'board');
	return sale;
}

async function move(page, sale, to) {
	await go(page, sale);
	await press(page, page.locator(`form[action$="/state/${to}"] button`));
}

/** What is missing is named, each with its page; then there is a prize. */
async function open(page, sale) {
	await move(page, sale, 'open');
	ok((await main(page)).includes('hadiah'), 'no prize, no opening', await main(page));
	same((await axe(page)).join('\n'), '', 'not ready: axe finds nothing');
	await shot(page, 'not-ready');
	ok(page.problems.splice(0).every((p) => /status of 422/.test(p)), 'the browser was told 422');
	await page.locator(`main a[href="/admin/draw?sale=${SALE}"]`).click();
	await send(page, formAt(page, `/admin/draw?sale=${SALE}`), { name: 'Undian utama', slug: 'utama' });
	const prize = page.locator('form[action$="/prize"]');
	await send(page, prize, { title: 'Rumah', code: 'RUMAH', cls: 'UTAMA', number: '1',
		value: '300000000' });
	await move(page, sale, 'open');
	ok(larisDone(site.dir, ['festival', 'list', CITY]).includes('open'), 'the sale is open');
	await checkPage(page, 'sale open');
	await go(page, '/post');
	await checkPage(page, 'post open');
}

async function joinIt(page) {
	await go(page, F);
	await checkPage(page, 'front empty');
	await go(page, `${F}/join`);
	await checkPage(page, 'join');
	await picture(page, 'join', PHONE);
	await send(page, formAt(page, `${F}/join/place`), { name: 'Tahu Takwa Bu Rini', sector: 'food' });
	await checkPage(page, 'join, second step');
	await send(page, formAt(page, `${F}/join/you`), { stall: 'B-12' });
	await checkPage(page, 'join, third step');
	await send(page, formAt(page, `${F}/join`), { login: 'rini', password: 'kata-sandi-9' });
	same(new URL(page.url()).pathname, '/m', 'whoever registers is signed in at the stall');
	await checkPage(page, 'stall waiting');
}

async function admit(page, sale) {
	await go(page, `${sale}/merchants`);
	await checkPage(page, 'merchants waiting');
	await picture(page, 'admit', DESK);
	await press(page, page.locator('form[action$="/decide"] button.btn').first());
	await checkPage(page, 'merchants admitted');
}

async function sell(page, amount) {
	await go(page, '/m');
	await checkPage(page, 'stall');
	await picture(page, 'stall', PHONE);
	await send(page, formAt(page, '/m/sale'), { amount, method: 'qris' });
	ok(/^\/m\/sale\/\w{13}$/.test(new URL(page.url()).pathname), 'the sale has its page',
	    await main(page));
	await checkPage(page, 'sale waiting for its shopper');
	await picture(page, 'code', PHONE);
	const qr = await page.locator('main svg').first();
	const told = `${await qr.getAttribute('aria-label')} ${await qr.innerHTML()} ${await main(page)}`;
	return /QR ([0-9A-Z]{8})/.exec(told)[1];
}

async function take(browser, code, first) {
	const page = browser ?? first;
	await go(page, `${F}/claim/${code}`);
	await checkPage(page, 'claim');
	await picture(page, 'claim', PHONE);
	await press(page, formAt(page, `${F}/claim/${code}/take`).locator('button'));
	const url = new URL(page.url());
	ok(url.pathname.startsWith(`${F}/card/`) && url.searchParams.get('s'), 'the card opens');
	await checkPage(page, 'card');
	await picture(page, 'card', PHONE);
	return await main(page);
}

async function draw(page) {
	await go(page, '/admin/draw');
	await checkPage(page, 'draws empty');
	const form = formAt(page, `/admin/draw?sale=${SALE}`);
	await form.locator('[name="rehearsal"]').first().check();
	await send(page, form, { name: 'Gladi bersih', slug: 'gladi' });
	const at = new URL(page.url()).pathname;
	await checkPage(page, 'draw draft');
	for (const [title, code, cls] of [['Sepeda motor', 'MOTOR', 'UTAMA'],
		['Kulkas', 'KULKAS', 'HARIAN']])
		await send(page, formAt(page, `${at}/prize`), { title, code, cls, number: '1',
			value: '5000000' });
	ok((await main(page)).includes('Sepeda motor') && (await main(page)).includes('Kulkas'),
	    'two prizes');
	await picture(page, 'prizes', DESK);
	await send(page, formAt(page, `${at}/freeze`), { minutes: '60' });
	await checkPage(page, 'draw frozen');
	await picture(page, 'frozen', DESK);
	await send(page, formAt(page, `${at}/beacon`), {});	// a rehearsal has it ready
	await checkPage(page, 'draw with beacon');
	await press(page, formAt(page, `${at}/run`).locator('button'));
	await checkPage(page, 'draw drawn');
	await picture(page, 'drawn', DESK);
}

/** The pages beside the sale; by now there is something to see on them. */
async function desk(page) {
	for (const [path, name] of [['', 'board'], ['/people', 'people'], ['/tokens', 'tokens'],
		['/settings', 'settings'], ['/audit', 'audit'], ['/jobs', 'jobs'], ['/venues', 'venues']]) {
		await go(page, `/admin${path}`);
		await checkPage(page, name);
	}
	await go(page, '/me');
	await checkPage(page, 'account');
	await go(page, '/post');
	await checkPage(page, 'post');
}

async function proof(page) {
	await go(page, `${F}/draw`);
	await checkPage(page, 'public draws');
	await go(page, `${F}/draw/gladi`);
	await checkPage(page, 'public draw');
	await picture(page, 'draw', PHONE);
	ok(await page.locator('table tbody tr').count() === 2, 'two winners are public', await main(page));
	const coupon = (await page.locator('table tbody tr td').nth(3).innerText()).replace(/\D/g, '');
	await go(page, `${F}/draw/gladi/stage`);
	await checkPage(page, 'stage');
	await go(page, `${F}/draw/gladi/check?coupon=${coupon}`);
	ok(await page.locator('.note.ok').count() >= 1, `coupon ${coupon} is a real win`,
	    await main(page));
	await checkPage(page, 'real win');
	await picture(page, 'real', PHONE);
	await go(page, `${F}/draw/gladi/check?coupon=999999`);
	ok(await page.locator('.note.ok').count() === 0, 'a made-up coupon is none');

	await go(page, `${F}/draw/gladi`);
	const folder = join(site.dir, 'files');
	mkdirSync(folder);
	for (const a of await page.locator('a[href*="/file/"]').all()) {
		const href = await a.getAttribute('href');
		const reply = await page.request.get(site.url + href);
		same(reply.status(), 200, `${href.split('/').pop()}: downloaded`);
		writeFileSync(join(folder, href.split('/').pop()), await reply.body());
	}
	const v = laris(site.dir, ['verify', folder]);
	same(v.status, 2, 'laris verify: nothing broken, but a rehearsal\'s beacon proves no chance');
	writeFileSync(join(folder, 'winners.tsv'), 'x', { flag: 'a' });
	same(laris(site.dir, ['verify', folder]).status, 1, 'and one letter changed is broken');
}

/** The public page comes to show this many purchases, by itself. */
async function figure(page, want) {
	await page.waitForFunction((n) =>
	    document.querySelector('[data-key="purchases"]').textContent === n, want);
}

async function people(browser) {
	const pages = [];
	for (let i = 0; i < 3; i++) pages.push(await newPage(browser));
	return pages;
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['city', 'add', '35.71']);
	larisDone(dir, ['person', 'add', CITY, 'ketua', '--role', 'organiser'], 'kata-sandi-9\n');
	site = await startLaris(dir);
	site.dir = dir;
	const browser = await launch();
	const [board, shop, buyer] = await people(browser);

	const sale = await prepare(board);
	await joinIt(shop);
	await admit(board, sale);
	await open(board, sale);
	const code = await sell(shop, '175000');

	const watch = await newPage(browser);
	await go(watch, F);
	const shown = watch.locator('[data-key="purchases"]').first();
	await figure(watch, '1');
	const card = await take(buyer, code);
	ok(/\b3\b/.test(card) && card.includes('Tahu Takwa Bu Rini') && card.includes('175.000'),
	    'the card says where its 3 coupons come from', card);
	const second = await sell(shop, '45000');
	await figure(watch, '2');
	same(await shown.innerText(), '2', 'the public figures move by themselves');
	await checkPage(watch, 'front');
	await picture(watch, 'front', PHONE);
	const more = await take(buyer, second);
	ok(/\b4\b/.test(more) && more.includes('45.000'),
	    'the rest of one purchase helps the next to a coupon', more);
	await go(shop, '/m');
	ok((await main(shop)).includes('220.000'), 'the stall sees its day');
	for (const [path, name] of [['totals', 'totals'], ['merchants', 'shops'], ['rules', 'rules'],
		['merchant/tahu-takwa-bu-rini', 'shop'], ['claim', 'code'], ['card', 'my card']]) {
		await go(watch, `${F}/${path}`);
		await checkPage(watch, name);
	}

	await go(board, sale);
	await press(board, board.locator('form[action$="/state/closed"] button'));
	await checkPage(board, 'sale closed');
	await picture(board, 'closed', DESK);
	await go(shop, '/m');
	ok(await formAt(shop, '/m/sale').count() === 0, 'a closed sale sells no more');
	await draw(board);
	await proof(buyer);
	await desk(board);
	await go(watch, `${F}/report`);
	ok((await main(watch)).includes('220.000'), 'the report has the sum', await main(watch));
	await checkPage(watch, 'report');
	await picture(watch, 'report', DESK);
	same(laris(dir, ['check']).status, 0, 'laris check: every sum agrees');
});
