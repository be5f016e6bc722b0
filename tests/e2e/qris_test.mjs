// A trader sets up QRIS by photo, by camera and by pasting; a sale shows the
// code to pay beside the code for the coupons; cash may take its place; a
// shopper's card is scanned at the stall and at the officer's post.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, checkPage, laris, larisDone, launch, newPage, ok, root, run, same, scratch,
	startLaris, weight } from './lib.mjs';

// what tests/e2e/sticker.svg says (mod/qris/qris_test.c has the same)
const STICKER = '00020101021126660014COM.CONTOH.WWW011893600999000000123402150000001234567890303UMI' +
	'51440014ID.CO.QRIS.WWW0215ID10211234567890303UMI5204581253033605802ID' +
	'5918TAHU TAKWA BU RINI6006KEDIRI61056412362070703A0163045D83';
const DAY = '2021-10-18';
let site;
const main = (page) => page.locator('main').innerText();

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path.split('?')[0]}: 200`);
}

async function press(page, button) {
	await Promise.all([page.waitForNavigation(), button.click()]);
}

async function signIn(browser, login, options) {
	const page = await newPage(browser, options);
	await page.goto(`${site.url}/sign-in`);
	await page.fill('[name=city]', 'surakarta').catch(() => page.selectOption('[name=city]', 'surakarta'));
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await press(page, page.locator('form[action="/sign-in"] button[type=submit]'));
	page.problems.length = 0;
	return page;
}

/** A picture as a phone would take it: tilted, grey, on a counter. */
async function photo(browser, svg, name, type = 'png') {
	const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
	const page = await context.newPage();
	await page.setContent(`<body style="margin:0;background:#8a7f6f"><div style="width:560px;margin:150px;
		transform:perspective(1400px) rotateX(12deg) rotate(6deg);filter:blur(.6px) brightness(.85)">${svg}</div>`);
	const path = join(site.dir, `${name}.${type}`);
	await page.screenshot({ path, type });
	await context.close();
	return path;
}

async function sell(page, method, amount = '175000') {
	await page.goto(`${site.url}/m`);
	const form = page.locator('form[action="/m/sale"]');
	await form.locator('[name=amount]').fill(amount);
	await form.locator(`[name=method][value=${method}]`).check();
	if (await form.locator('[name=day]').count()) await form.locator('[name=day]').fill(DAY);
	await press(page, form.locator('button[type=submit]'));
	return new URL(page.url()).pathname;
}

async function byText(page) {
	await go(page, '/m/qris');
	await checkPage(page, 'qris none');
	await page.fill('[name=payload]', STICKER.replace('RINI', 'RONI'));
	await press(page, page.locator('form[action="/m/qris"] button[type=submit]'));
	ok((await main(page)).includes('Pindai lagi stikernya'), 'a misread QRIS is refused, and says so',
	    await main(page));
	ok((await page.inputValue('[name=payload]')).includes('RONI'), 'what was pasted is still there');
	page.problems.length = 0;	// the 422 itself
	await page.fill('[name=payload]', ` ${STICKER}\n`);
	await press(page, page.locator('form[action="/m/qris"] button[type=submit]'));
	ok((await main(page)).includes('Nama di QRIS: TAHU TAKWA BU RINI. Benar?'), 'the name is shown for a yes');
	ok((await page.locator('.note.warn').count()) === 1, 'and that it is another than the business');
	await checkPage(page, 'qris asked');
	await press(page, page.locator('form[action="/m/qris/no"] button'));
	ok(await page.locator('form[action="/m/qris"]').count() === 1, 'a no asks again');
}

async function byPhoto(page, picture) {
	await go(page, '/m/qris');
	same(page.loads.filter((l) => /scan|jsQR/.test(l.url)).length, 0, 'the reader is not loaded before');
	ok(weight(page) < 30 * 1024, 'and the page is light');
	await openScan(page);
	await page.setInputFiles('[data-scan] input[type=file]', join(root, 'web/laris.css'));
	await page.waitForFunction(() => /terbaca/.test(document.querySelector('[data-scan] p').textContent));
	ok(true, 'a file that is no picture: says that nothing was read');
	await Promise.all([page.waitForNavigation(),
		page.setInputFiles('[data-scan] input[type=file]', picture)]);
	ok((await main(page)).includes('Nama di QRIS: TAHU TAKWA BU RINI. Benar?'), 'a photo of the sticker is read',
	    await main(page));
	await press(page, page.locator('form[action="/m/qris/yes"] button'));
	ok((await main(page)).includes('ID1021123456789'), 'after the yes it is in use');
	await checkPage(page, 'qris in use');
}

async function pay(page) {
	const at = await sell(page, 'qris');
	const said = await main(page);
	ok(said.includes('untuk TAHU TAKWA BU RINI') && said.includes('Laris tidak memegang uang'),
	    'the sale shows whom the QR pays, and that Laris holds no money', said);
	same(await page.locator('main svg.qr').count(), 2, 'two codes: to pay, and for the coupons');
	await checkPage(page, 'sale with qris');
	return at;
}

/** Press the button to scan, and wait for what it opens. */
async function openScan(form) {
	await form.locator('[data-scan] button').first().click();
	await form.locator('[data-scan] input[type=file]').waitFor();
}

/** The code on the page is the QRIS with the amount: read back as a phone does. */
async function readBack(browser, page, amount) {
	const svg = await page.locator('main svg.qr').first().evaluate((e) => e.outerHTML);
	const picture = await photo(browser, svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" style="background:#fff"'), 'pay');
	await go(page, '/m/qris');
	await page.locator('summary').first().click();
	await openScan(page);
	await Promise.all([page.waitForNavigation(), page.setInputFiles('[data-scan] input[type=file]', picture)]);
	const payload = await page.inputValue('[name=payload]');
	const check = JSON.parse(larisDone(site.dir, ['qris', 'check', payload]));
	ok(check.once && check.amount === amount && check.nmid === 'ID1021123456789',
	    'the code drawn is the merchant\'s QRIS with the amount', JSON.stringify(check));
	ok((await main(page)).includes('hanya untuk satu kali bayar'), 'and is no sticker itself');
	page.problems.length = 0;
}

async function cash(page, at) {
	await go(page, at);
	await press(page, page.locator(`form[action="${at}/cash"] button`));
	const said = await main(page);
	ok(/Tunai/i.test(said) && await page.locator('main svg.qr').count() === 1,
	    'paid in cash instead: the code to pay is gone, the coupons stay', said);
	ok(await page.locator(`form[action="${at}/cash"]`).count() === 0, 'and the button with it');
	ok(said.includes('Mula-mula dicatat dibayar dengan: QRIS'), 'what it was before stays to be seen', said);
	await checkPage(page, 'sale paid in cash');
}

async function shoppersCard(browser, page) {
	await sell(page, 'cash', '60000');
	const code = (await page.locator('.code').innerText()).replace(/\s/g, '');
	const buyer = await newPage(browser);
	await buyer.goto(`${site.url}/surakarta/sgs-2021/claim/${code}`);
	await press(buyer, buyer.locator('form[action$="/take"] button'));
	const svg = await buyer.locator('main svg.qr').first().evaluate((e) => e.outerHTML);
	const number = /\/card\/(\d{9})/.exec(buyer.url())[1];
	return { number, picture: await photo(browser,
	    svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" style="background:#fff"'), 'card') };
}

async function scanCard(page, path, form, card, sticker) {
	await go(page, path);
	const f = page.locator(`form[action="${form}"]`);
	await openScan(f);
	await f.locator('[data-scan] input[type=file]').setInputFiles(sticker);
	await page.waitForFunction(() => /bukan kartu/.test(document.querySelector('[data-scan] p').textContent));
	ok(true, `${path}: a QRIS is no card, and that is said`);
	await f.locator('[data-scan] input[type=file]').setInputFiles(card.picture);
	await page.waitForFunction(() => document.querySelector('[name=card]').value !== '');
	same((await f.locator('[name=card]').inputValue()).replace(/\D/g, ''), card.number, `${path}: the card is read`);
}

async function byCamera(sticker) {
	const browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
		`--use-file-for-fake-video-capture=${sticker}`]);
	const page = await signIn(browser, 'pedagang');
	await page.goto(`${site.url}/m/qris`);
	await press(page, page.locator('form[action="/m/qris/drop"] button'));
	await Promise.all([page.waitForNavigation(), page.locator('[data-scan] button').first().click()]);
	ok((await main(page)).includes('Nama di QRIS: TAHU TAKWA BU RINI. Benar?'), 'the camera reads the sticker',
	    await main(page));
	same(page.problems.join('\n'), '', 'within the page\'s policies');
}

async function board(browser) {
	const page = await signIn(browser, 'panitia');
	const { merchants } = await (await page.request.get(
	    `${site.url}/api/v1/cities/surakarta/festivals/sgs-2021/merchants`)).json();
	await go(page, '/admin/festival/sgs-2021/merchants');
	ok(await page.locator('a[href^="/admin/merchant/"][href$="/qris"]').count() > 0,
	    'the list of merchants leads to their QRIS');
	await go(page, `/admin/merchant/${merchants[0].id}/qris`);
	ok((await main(page)).includes('ID1021123456789'), 'the organiser sees whose account it is');
	await checkPage(page, 'qris of a merchant');
	await go(page, `/admin/merchant/${merchants[1].id}/qris`);
	await checkPage(page, 'qris of none');
}

async function withoutScript(browser) {
	const page = await signIn(browser, 'pedagang', { javaScriptEnabled: false });
	await page.goto(`${site.url}/m`);
	ok(!await page.locator('[data-scan]').first().isVisible(), 'without script there is no button to scan');
	ok(await page.locator('[name=card]').isVisible(), 'but the field to type');
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo', '--scale', 'small']);
	site = await startLaris(dir);
	site.dir = dir;
	const browser = await launch();
	const svg = readFileSync(join(root, 'tests/e2e/sticker.svg'), 'utf8');
	const sticker = await photo(browser, svg, 'sticker');
	const shop = await signIn(browser, 'pedagang');

	await sell(shop, 'qris');
	ok((await main(shop)).includes('belum dipasang'), 'without a QRIS the sale says where to set it up');
	await checkPage(shop, 'sale without qris');
	await byText(shop);
	await byPhoto(shop, sticker);
	const at = await pay(shop);
	await readBack(browser, shop, 175000);
	await cash(shop, at);
	const card = await shoppersCard(browser, shop);
	await scanCard(shop, '/m', '/m/sale', card, sticker);
	const officer = await signIn(browser, 'petugas');
	await scanCard(officer, '/post', '/post', card, sticker);
	await go(officer, '/post');
	await checkPage(officer, 'post');
	await withoutScript(browser);
	await board(browser);

	const film = join(dir, 'sticker.mjpeg');
	const frame = readFileSync(await photo(browser, svg, 'frame', 'jpeg'));
	writeFileSync(film, Buffer.concat(Array(30).fill(frame)));
	await byCamera(film);
	same(laris(dir, ['check']).status, 0, 'laris check: every sum agrees');
});
