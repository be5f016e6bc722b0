// An officer with a queue in front: twenty notes with the keyboard alone, one
// of them a twin; then each page of the post as a phone and a desk show it.
import { checkPage, DESK, larisDone, launch, newPage, ok, PHONE, picture, run, same, scratch,
	startLaris } from './lib.mjs';

const NOTES = 20, TWIN = 13;		// note 13 looks like note 3
const FIELDS = ['merchant', 'note', 'amount', 'day', 'card'];

let site;

async function go(page, path) {
	const reply = await page.goto(site.url + path);
	same(reply.status(), 200, `${path.replace(/\w{13}/g, 'ID')}: 200`);
}

async function press(page, button) {
	await Promise.all([page.waitForNavigation(), button.click()]);
}

const main = (page) => page.locator('main').innerText();
const focused = (page) => page.evaluate(() => document.activeElement.name || '');

async function signIn(browser, login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.selectOption('[name=city]', { index: 1 });
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await press(page, page.locator('form[action="/sign-in"] button[type=submit]'));
	page.problems.length = 0;
	return page;
}

/** From field to field with the tab key, as often as that needs; how often. */
async function tabTo(page, name) {
	let tabs = 0;
	while (await focused(page) !== name && tabs < 8) {
		await page.keyboard.press('Tab');
		tabs++;
	}
	return tabs;
}

/** One note: what is kept from the last one is stepped over.  Keys that are no text. */
async function type(page, note, stay) {
	let keys = 0;
	for (const name of FIELDS) {
		if (note[name] === undefined) continue;
		keys += await tabTo(page, name);
		await page.keyboard.type(note[name]);
	}
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	if (!stay) ok((await main(page)).includes(`Rp ${note.amount}`), `${note.note}: saved`, await main(page));
	return keys + 1;
}

async function twenty(page, codes, cards) {
	let most = 0;
	await go(page, '/post');
	await page.evaluate(() => { globalThis.addEventListener('mousedown', () => { throw new Error('mouse'); }); });
	same(await focused(page), 'merchant', 'the first field waits for the keyboard');
	for (let i = 1; i <= NOTES; i++) {
		const like = i === TWIN ? 3 : i;
		const note = { merchant: codes[like % codes.length], note: `A-${100 + like}`,
			amount: `${50 + like}.000`, card: cards[i % cards.length] };
		const keys = await type(page, note, i === TWIN);
		most = Math.max(most, keys);
		if (i !== TWIN) continue;
		ok((await main(page)).includes('Sama, atau nota lain'), 'a twin is asked about', await main(page));
		same(await focused(page), 'reason', 'and the reason is where one types');
		ok(page.problems.splice(0).every((p) => /status of 409/.test(p)), 'the browser was told 409');
		await checkPage(page, 'post twin');
		await picture(page, 'post-twin', PHONE);
		await page.locator('[name=reason]').focus();	// where it was before the checks
		await page.keyboard.type('bon lain, barang lain');
		await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
		ok((await main(page)).includes(`Rp ${note.amount}`), 'Enter keeps it', await main(page));
	}
	ok(most <= 2 * FIELDS.length + 1, `one note is its fields and Enter: ${most} keys beside the text`);
	ok((await main(page)).includes(`${NOTES} nota`), 'all twenty are counted', await main(page));
	await checkPage(page, 'post');
	await picture(page, 'post-note', PHONE);
	await go(page, '/post/today');
	await checkPage(page, 'shift');
	await picture(page, 'post-today', PHONE);
	await press(page, page.locator('a[href^="/post/fix/"]').first());
	await checkPage(page, 'correction');
}

async function many(page, codes, card) {
	await go(page, '/post/batch');
	same(await focused(page), 'card', 'many notes begin with the card');
	await page.keyboard.type(card);
	for (const [name, text] of [['merchant1', codes[0]], ['note1', 'B-1'], ['amount1', '70000'],
		['note2', 'B-2'], ['amount2', '80000'], ['note3', 'B-2'], ['amount3', '80000']])
		await page.fill(`[name=${name}]`, text);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	ok(/2 baris beres, 1/.test(await main(page)), 'two are saved, a twin is asked about', await main(page));
	page.problems.length = 0;
	await checkPage(page, 'batch, one line asks');
	await page.setViewportSize(DESK);
	await page.locator('[name=reason3]').scrollIntoViewIfNeeded();
	await picture(page, 'post-batch', DESK);
	page.problems.length = 0;
	await page.locator('[name=same3]').check();
	await press(page, page.locator('form[action="/post/batch"] button[type=submit]').first());
	ok((await main(page)).includes('2 nota tersimpan'), 'then all of it is done', await main(page));
	await checkPage(page, 'batch done');
}

async function desk(page, card) {
	await go(page, '/post/card');
	await checkPage(page, 'desk');
	await page.keyboard.type(card);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	await checkPage(page, 'a card at the desk');
	await picture(page, 'post-card', PHONE);
	for (const s of await page.locator('summary').all()) await s.click();
	await checkPage(page, 'a card, all open');
}

async function queue(browser, page) {
	await go(page, '/post/at');
	await checkPage(page, 'where I sit');
	await go(page, '/post/queue');
	await checkPage(page, 'nobody waits');
	for (let i = 0; i < 3; i++)
		await press(page, page.locator('form[action="/post/queue/take"] button').first());
	await press(page, page.locator('form[action="/post/queue/next"] button').first());
	await checkPage(page, 'two wait');
	await picture(page, 'post-queue', PHONE);
	const screen = await newPage(browser);
	await go(screen, await page.locator('main a[href*="/post/"]').last().getAttribute('href'));
	await checkPage(screen, 'queue screen');
	await picture(screen, 'post-screen', DESK);
	await press(page, page.locator('form[action="/post/queue/next"] button').first());
	await screen.locator('[data-key=now]', { hasText: /^2$/ }).waitFor({ timeout: 15000 });
	ok(true, 'the screen follows by itself');
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo', '--scale', 'small']);
	const cards = larisDone(dir, ['card', 'list', 'surakarta', 'sgs-2021', '--limit', '12'])
		.match(/^\s*\d{9}/gm).map((x) => x.trim());
	site = await startLaris(dir);
	const browser = await launch();
	const page = await signIn(browser, 'petugas');
	await go(page, '/post');
	const codes = await page.locator('#merchant-list option')
		.evaluateAll((v) => v.slice(0, 7).map((o) => o.value));
	ok(codes.length === 7 && cards.length > 5, 'the venue\'s merchants are suggested', `${codes} ${cards}`);
	await twenty(page, codes, cards);
	await many(page, codes, cards[0]);
	await desk(page, cards[1]);
	await queue(browser, page);

	const chair = await signIn(browser, 'panitia');
	await go(chair, '/admin');
	const sale = (await chair.locator('a[href*="/admin/festival/"]').first().getAttribute('href'))
		.match(/\/admin\/festival\/[^/]+/)[0];
	await go(chair, `${sale}/cards`);
	await press(chair, chair.locator(`a[href="${sale}/posts"]`));
	await checkPage(chair, 'posts and their cards');
	await picture(chair, 'posts', DESK);
	larisDone(dir, ['check']);
});
