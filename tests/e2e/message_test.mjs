// The organiser writes to many merchants: what is missing is said, the
// preview before anything leaves, what became of it, WhatsApp one by one.
import { checkPage, laris, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const A = '/admin/festival/sgs-2021/message';
let site, dir, browser;

async function signIn(login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.fill('form[action="/sign-in"] [name=login]', login);
	await page.fill('form[action="/sign-in"] [name=password]', 'laris-demo');
	await send(page, 'form[action="/sign-in"]');
	return page;
}

async function send(page, form) {
	await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()]);
}

const words = (page) => page.innerText('main');
const has = async (page, text, what) => ok((await words(page)).includes(text), what || `says "${text}"`,
    await words(page));

async function set(page, name, value) {
	await page.goto(`${site.url}/admin/settings`);
	await page.fill(`form[action="/admin/settings/${name}"] [name=value]`, value);
	await send(page, `form[action="/admin/settings/${name}"]`);
}

async function writes(page) {
	await page.goto(site.url + A);
	await has(page, 'mail-url', 'what the admin must set is said');
	await checkPage(page, 'messages empty');
	await page.goto(`${site.url}${A}/new`);
	await checkPage(page, 'message new');
	await page.locator('label:has([name=whom][value=admitted])').click();
	await page.fill('[name=subject]', 'Hari terakhir: pos buka sampai 21.00');
	await page.fill('[name=body]', 'Halo {nama},\n\ncatat di {tautan}.');
	await page.fill('[name=reply_to]', 'panitia@contoh.id');
	await send(page, `form[action="${A}/new"]`);
	await has(page, 'tidak dikenal', 'an unknown word in braces is named');
	ok((await page.inputValue('[name=body]')).includes('{nama}'), 'and what was typed is still there');
	page.problems.length = 0;	// the browser notes the 422
	await page.fill('[name=body]', 'Halo {nama usaha},\n\nhari ini hari terakhir {gelaran}. Nota yang belum ' +
	    'dicatat bisa dibawa ke pos sampai pukul 21.00, atau dicatat sendiri di {tautan}.\n\nSalam,\npanitia');
	await send(page, `form[action="${A}/new"]`);
	await has(page, 'punya e-mail', 'then whom it reaches, before anything leaves');
	await checkPage(page, 'message draft');
	return new URL(page.url()).pathname;
}

async function goesOut(page, href) {
	await send(page, `form[action="${href}/send"]`);
	await has(page, 'Pesan dikirim.');
	for (let i = 0; i < 60 && !/connect/i.test(await words(page)); i++) {
		await page.waitForTimeout(250);
		await page.reload();
	}
	ok(/connect/i.test(await words(page)), 'a server that is away: it says so', await words(page));
	await checkPage(page, 'message sent, server away');
	await Promise.all([page.waitForNavigation(), page.click(`a[href="${href}/wa"]`)]);
	await Promise.all([page.waitForNavigation(), page.click(`a[href="${href}/wa?all=1"]`)]);
	const link = page.locator('a[href^="https://wa.me/62"]').first();
	const text = new URL(await link.getAttribute('href')).searchParams.get('text');
	ok(/^\*Hari terakhir.*\*\n\nHalo [^{]+,\n\n/s.test(text), 'WhatsApp is prepared for this merchant', text);
	await checkPage(page, 'message whatsapp');
	await send(page, 'form[action*="/wa/"]');
	await has(page, 'dihubungi panitia', 'marked, with who and when');
	await checkPage(page, 'message whatsapp marked');
}

run(async () => {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir, ['--inside', '127.0.0.1,localhost']);
	browser = await launch();
	const board = await signIn('panitia');
	const shop = await signIn('pedagang');
	await shop.goto(`${site.url}/m/shop`);
	await shop.fill('[name=email]', 'toko.rini@contoh.id');
	await shop.fill('[name=phone]', '081200000000');
	await send(shop, 'form[action="/m/shop"]');
	await shop.goto(`${site.url}/m/shop`);
	same(await shop.inputValue('[name=email]'), 'toko.rini@contoh.id', 'a merchant tells its e-mail');
	await set(board, 'base-url', 'https://sgs.contoh.id');
	const href = await writes(board);
	await set(board, 'mail-url', 'smtp://127.0.0.1:9');
	await set(board, 'mail-from', 'Panitia SGS <panitia@contoh.id>');
	await checkPage(board, 'settings with mail');
	await board.goto(site.url + href);
	await board.reload();
	await goesOut(board, href);
	await board.goto(site.url + A);
	await checkPage(board, 'messages');
	await site.stop();
	const check = laris(dir, ['check']);
	ok(check.status === 0, 'laris check finds nothing', check.stdout);
});
