// Promotions from the offer to its use: a merchant offers, the organiser
// publishes, a shopper finds and uses it on the phone, the merchant sees it
// in the day and takes a wrong use back; the map, with and without tiles.
import { DESK, PHONE, axe, checkPage, laris, larisDone, launch, newPage, ok, run, same, scratch,
	scrollsSideways, shot, startLaris } from './lib.mjs';

const F = '/surakarta/sgs-2021';
let site, dir, browser;

async function signIn(login, options) {
	const page = await newPage(browser, options);
	await page.goto(`${site.url}/sign-in`);
	await page.fill('form[action="/sign-in"] [name=login]', login);
	await page.fill('form[action="/sign-in"] [name=password]', 'laris-demo');
	await send(page, 'form[action="/sign-in"]');
	return page;
}

async function send(page, form) {
	await Promise.all([page.waitForNavigation(), page.click(`${form} button[type=submit]`)]);
}

const words = (page) => page.innerText('main');
const has = async (page, text, what) => ok((await words(page)).includes(text), what || `says "${text}"`,
    await words(page));

async function offer(page, fields) {
	for (const [name, value] of Object.entries(fields)) {
		const box = page.locator(`main form [name=${name}]`).first();
		if (await box.getAttribute('type') === 'radio')
			await page.locator(`main label:has([name=${name}][value=${value}]), [name=${name}][value=${value}]`)
				.first().click();
		else await box.fill(value);
	}
}

// ---- the merchant offers, the organiser answers --------------------------------

async function makes(shop) {
	await shop.goto(`${site.url}/m/promo`);
	await checkPage(shop, 'promo of a merchant');
	await shop.goto(`${site.url}/m/promo/new`);
	await checkPage(shop, 'promo new');
	await offer(shop, { title: 'Kerudung rajutan tangan', kind: 'bundle', from: '25.00', to: '9' });
	await send(shop, 'main form[action="/m/promo/new"]');
	await has(shop, 'Tulis jam seperti 17.00', 'an hour that is none is refused');
	same(await shop.inputValue('[name=title]'), 'Kerudung rajutan tangan', 'and what was typed is still there');
	await offer(shop, { from: '', to: '' });
	await send(shop, 'main form[action="/m/promo/new"]');
	await has(shop, 'Tulis apa yang didapat pembeli', 'a bundle of nothing is refused');
	shop.problems.length = 0;	// the browser notes each 422
	await offer(shop, { gives: 'Beli 2 gratis 1', worth: '30000', quota: '2', terms: 'Warna bebas.' });
	await send(shop, 'main form[action="/m/promo/new"]');
	await has(shop, 'draf');
	await checkPage(shop, 'promo draft');
	await send(shop, 'form[action$="/state/asked"]');
	await has(shop, 'menunggu panitia');
	return new URL(shop.url()).pathname.split('/').pop();
}

async function answers(board, id) {
	const href = `/admin/festival/sgs-2021/promo/${id}`;
	await board.goto(`${site.url}/admin/festival/sgs-2021/promo`);
	await has(board, 'Kerudung rajutan tangan', 'the organiser sees it waiting');
	await checkPage(board, 'promo for the organiser');
	await board.goto(site.url + href);
	await checkPage(board, 'promo waiting');
	await board.click('summary');
	await send(board, `form[action$="/state/refused"]`);
	await has(board, 'Tulis alasannya', 'refusing needs a reason');
	board.problems.length = 0;
	await board.fill('[name=reason]', 'Sebut bahannya.');
	await send(board, `form[action$="/state/refused"]`);
	await has(board, 'ditolak');
}

async function mends(shop, board, id) {
	await shop.goto(`${site.url}/m/promo/${id}`);
	await has(shop, 'Sebut bahannya.', 'the merchant reads the reason');
	await shop.click('summary:has-text("Ubah")');
	await offer(shop, { terms: 'Katun, warna bebas.' });
	await send(shop, `main form[action="/m/promo/${id}"]`);
	await send(shop, 'form[action$="/state/asked"]');
	await board.goto(`${site.url}/admin/festival/sgs-2021/promo/${id}`);
	await send(board, 'form[action$="/state/published"]');
	await has(board, 'terbit');
	await checkPage(board, 'promo published');
}

// ---- the shopper finds and uses it -----------------------------------------------

async function finds(phone) {
	await phone.goto(`${site.url}${F}/promo`);
	await checkPage(phone, 'promo catalogue');
	await phone.fill('[name=q]', 'merajut');
	await send(phone, `main form[action="${F}/promo"]`);
	await has(phone, 'Kerudung rajutan tangan', '"merajut" finds "rajutan"');
	ok(phone.url().includes('q=merajut'), 'the question stands in the URL');
	await phone.goto(`${site.url}${F}/promo?q=zeppelin`);
	await has(phone, 'Tidak ada promo yang cocok');
	await checkPage(phone, 'promo none found');
	await phone.goto(`${site.url}${F}/promo?venue=atlantis`);
	await has(phone, 'tidak dikenal', 'a venue nobody knows is said to be so');
	phone.problems.length = 0;	// the browser notes the 422
	await phone.goto(`${site.url}${F}/promo`);
	await Promise.all([phone.waitForNavigation(), phone.click('.pager a[rel=next], .pager a')]);
	ok(phone.url().includes('after='), 'there is a next page');
}

async function uses(phone, id, code) {
	const form = `form[action="${F}/promo/${id}/use"]`;
	await phone.goto(`${site.url}${F}/promo/${id}`);
	await checkPage(phone, 'promo offer');
	await phone.fill('[name=merchant]', '123456');
	await send(phone, form);
	await has(phone, 'Periksa kodenya', 'a wrong code is refused');
	phone.problems.length = 0;
	await phone.fill('[name=merchant]', code);
	await send(phone, form);
	await has(phone, 'Promo terpakai');
	await checkPage(phone, 'promo used');
	const shown = phone.url();
	await phone.goto(`${site.url}${F}/promo/${id}`);
	await phone.fill('[name=merchant]', code);
	await send(phone, form);
	await phone.goto(`${site.url}${F}/promo/${id}`);
	await has(phone, 'habis terpakai', 'two of two: used up');
	return shown;
}

async function seesTheDay(shop, phone, shown) {
	await shop.goto(`${site.url}/m/promo`);
	await has(shop, 'HP pembeli', 'the merchant sees what was used on phones');
	await checkPage(shop, 'promo day');
	await shop.goto(`${site.url}/m/promo/use/${shown.split('/').pop()}`);
	await checkPage(shop, 'promo one use');
	await shop.fill('[name=reason]', 'bukan pembeli di sini');
	await send(shop, 'main form[action$="/void"]');
	await has(shop, 'bukan pembeli di sini');
	await phone.goto(shown);
	await has(phone, 'Pemakaian ini dibatalkan', 'the phone says it was taken back');
	await phone.goto(shown.replace(/\/used\/.*/, ''));
	await has(phone, 'sisa 1 dari 2', 'and one is left again');
}

// ---- at the stall, with a sale -------------------------------------------------------

async function atTheStall(shop, id) {
	await shop.goto(`${site.url}/m/promo`);
	await shop.selectOption('[name=promotion]', id).catch(() =>
		shop.click(`label:has([name=promotion][value="${id}"])`));
	await shop.selectOption('[name=purchase]', { index: 1 }).catch(() => {});
	await send(shop, 'main form[action="/m/promo/use"]');
	await has(shop, 'Pemakaian tercatat.', 'used at the stall');
}

async function ends(shop, phone, id) {
	await shop.goto(`${site.url}/m/promo/${id}`);
	await shop.click('summary:has-text("Hentikan")');
	await shop.fill('[name=reason]', 'dagangan habis');
	await send(shop, 'form[action$="/state/stopped"]');
	await has(shop, 'dihentikan');
	await phone.goto(`${site.url}${F}/promo?q=merajut`);
	await has(phone, 'Tidak ada promo yang cocok', 'a stopped one is found no more');
}

async function organises(board) {
	await board.goto(`${site.url}/admin/festival/sgs-2021/promo/new`);
	await checkPage(board, 'promo new of the organiser');
	await offer(board, { title: 'Payung untuk semua', kind: 'gift', gives: 'Payung' });
	await send(board, 'main form[action$="/promo/new"]');
	await board.click('summary:has-text("Ubah")');
	await offer(board, { gives: 'Payung lipat' });
	await send(board, `main form[action="${new URL(board.url()).pathname}"]`);
	await has(board, 'Payung lipat', 'the organiser changes its own draft');
	await send(board, 'form[action$="/state/published"]');
	await has(board, 'Panitia gelaran', 'and publishes it');
}

// ---- the map ------------------------------------------------------------------------

async function map(board) {
	const page = await newPage(browser);
	await page.goto(`${site.url}${F}/promo/map`);
	await page.waitForSelector('.leaflet-container .dot');
	same(await page.locator('.dot').count(), 12, 'twelve venues are dots');
	const bytes = (name) => page.loads.filter((l) => l.url.includes('leaflet') === name)
		.reduce((n, l) => n + l.bytes, 0);
	ok(bytes(false) <= 30 * 1024, `the page without Leaflet: ${bytes(false)} bytes`);
	ok(bytes(true) > 0 && bytes(true) <= 50 * 1024, `Leaflet, on this page only: ${bytes(true)} bytes`);
	for (const size of [PHONE, DESK]) {
		await page.setViewportSize(size);
		ok(!await scrollsSideways(page), `the map at ${size.width} does not scroll sideways`);
		const found = (await axe(page)).filter((f) => !f.includes('leaflet-tile'));
		ok(found.length === 0, `the map at ${size.width}: axe finds nothing`, found.join('\n'));
		await shot(page, `promo-map-${size.width}`, { fullPage: true });
	}
	ok(page.problems.length === 0, 'nothing in the console', page.problems.join('\n'));
	const policy = async () => (await page.request.get(`${site.url}${F}/promo/map`))
		.headers()['content-security-policy'];
	ok(!(await policy()).includes('img-src'), 'without tiles no other host is allowed');
	await board.goto(`${site.url}/admin/settings`);
	await board.fill('form[action$="/map-tiles"] [name=value]', `${site.url.replace('127.0.0.1', 'localhost')}/{z}/{x}/{y}.png`);
	await send(board, 'form[action$="/map-tiles"]');
	ok((await policy()).endsWith(`img-src 'self' data: ${site.url.replace('127.0.0.1', 'localhost')}`),
	    'with tiles their host, and no other', await policy());
	await page.goto(`${site.url}${F}/promo`);
	ok(!(await page.request.get(`${site.url}${F}/promo`)).headers()['content-security-policy']
		.includes('img-src'), 'and on the map only');
}

async function noScript() {
	const page = await newPage(browser, { javaScriptEnabled: false });
	await page.goto(`${site.url}${F}/promo/map`);
	same(await page.locator('main li a[data-lat]').count(), 12, 'without script the map is a list');
	await page.click('main li a >> nth=0');
	ok(page.url().includes('/promo?venue='), 'that leads to the promotions of a venue');
	await page.fill('[name=q]', 'batik');
	await send(page, `main form[action="${F}/promo"]`);
	ok(page.url().includes('q=batik'), 'and the search works');
}

async function places(board) {
	await board.goto(`${site.url}/admin/places`);
	await checkPage(board, 'promo places');
	await board.fill('[name=place] >> nth=0', 'di pasar');
	await Promise.all([board.waitForNavigation(),
		board.locator('form[action^="/admin/places/"] button').first().click()]);
	await has(board, 'Letak ditulis seperti', 'a place that is none is refused');
	board.problems.length = 0;
	await board.goto(`${site.url}/admin/places`);
	await board.fill('[name=place] >> nth=0', '-7.5, 110.8');
	await Promise.all([board.waitForNavigation(),
		board.locator('form[action^="/admin/places/"] button').first().click()]);
	await has(board, 'Tersimpan.');
}

await run(async () => {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	const code = /\b(\d{6,})\b/.exec(larisDone(dir, ['request', '--city', 'surakarta', '--as',
		'pedagang', 'GET', '/m']).replace(/<[^>]*value="[^"]*"[^>]*>/g, ''))?.[1];
	ok(code, `the merchant's code is on its page: ${code}`);
	site = await startLaris(dir);
	browser = await launch();
	const shop = await signIn('pedagang'), board = await signIn('panitia');
	const phone = await newPage(browser);
	const id = await makes(shop);
	await answers(board, id);
	await mends(shop, board, id);
	await finds(phone);
	const shown = await uses(phone, id, code);
	await seesTheDay(shop, phone, shown);
	await atTheStall(shop, id);
	await ends(shop, phone, id);
	await organises(board);
	await places(board);
	await map(board);
	await noScript();
	await site.stop();
	const check = laris(dir, ['check']);
	ok(check.status === 0, 'laris check finds nothing', check.stdout);
});
