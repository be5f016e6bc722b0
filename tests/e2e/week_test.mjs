// An organiser's week while the sale runs: the board, a silent merchant
// asked, a promotion answered, a message written, tables taken home, and
// the record of it all.
import { checkPage, laris, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const A = '/admin/festival/sgs-2021';
let site;

const words = (page) => page.innerText('main');
const has = async (page, text, what) => ok((await words(page)).includes(text), what || `says "${text}"`,
    await words(page));

async function press(page, selector) {
	await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
}

async function signIn(browser) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.fill('form[action="/sign-in"] [name=login]', 'panitia');
	await page.fill('form[action="/sign-in"] [name=password]', 'laris-demo');
	await press(page, 'form[action="/sign-in"] button[type=submit]');
	return page;
}

async function silent(page) {
	await page.goto(`${site.url}/admin`);
	await press(page, `main a[href="${A}/board"]`);
	await press(page, `main a[href="${A}/silent"]`);
	await press(page, 'main .card p > a[href*="/silent/"]');
	await page.click('label:has([name=outcome][value=will])');
	await page.fill('[name=note]', 'besok pagi');
	await press(page, 'main form button[type=submit]');
	await has(page, 'besok pagi', 'what came of the call is kept');
}

async function message(page) {
	await page.goto(`${site.url}${A}`);
	await press(page, `main a[href="${A}/message"]`);
	await press(page, `main a[href="${A}/message/new"]`);
	await page.click('label:has([name=whom][value=never])');
	await page.fill('[name=subject]', 'Belum ada catatan');
	await page.fill('[name=body]', 'Halo {nama usaha}, petugas akan mampir besok.');
	await page.fill('[name=reply_to]', 'panitia@contoh.id');
	await press(page, 'main form button[type=submit]');
	await has(page, 'usaha yang dituju', 'how many it is for is seen first');
}

async function tables(page) {
	await page.goto(`${site.url}${A}`);
	await press(page, `main a[href^="${A}/export"]`);
	const file = page.locator('main a[href$=".xlsx"]').first();
	const reply = await page.request.get(site.url + await file.getAttribute('href'));
	ok(reply.status() === 200 && (await reply.body()).subarray(0, 2).toString() === 'PK',
	    'a table for the office');
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir);
	const page = await signIn(await launch());
	await silent(page);
	await message(page);
	await tables(page);
	await page.goto(`${site.url}/admin/audit`);
	ok(!/merchant\.called/.test(await words(page)), 'the record says it in words', await words(page));
	await page.goto(`${site.url}/help/organiser`);
	await has(page, 'Selama berjalan', 'the week on one sheet');
	await checkPage(page, 'help in the week');
	await site.stop();
	same(laris(dir, ['check']).status, 0, 'laris check: every sum agrees');
});
