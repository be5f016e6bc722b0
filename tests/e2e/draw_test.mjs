// The draw as a process, as a browser sees it: provisional list and objection,
// sample, winners, strike and redraw.  Every page at both sizes.
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const F = '/surakarta/sgs-2021';
let site, draw;

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path}: 200`);
}

/** Fill the form that goes to "action" and send it. */
async function send(page, action, fields = {}) {
	const form = page.locator(`form[action="${action}"]`);
	for (const [name, value] of Object.entries(fields)) {
		const field = form.locator(`[name="${name}"]`).first();
		if (await field.getAttribute('type') === 'radio')
			await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
		else if (await field.evaluate((e) => e.tagName) === 'SELECT')
			await field.selectOption(value);
		else
			await field.fill(value);
	}
	await Promise.all([page.waitForNavigation(), form.locator('button[type=submit]').last().click()]);
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

async function before(board, phone) {
	await go(board, '/admin/draw?sale=sgs-2021');
	await board.locator('[name=rehearsal]').check({ force: true });
	await send(board, '/admin/draw?sale=sgs-2021', { name: 'Gladi resik', slug: 'resik' });
	draw = new URL(board.url()).pathname;
	await send(board, `${draw}/prize`, { title: 'Sepeda motor', code: 'MOTOR', cls: 'UTAMA', number: '2', value: '20000000' });
	await go(board, `${draw}/list`);
	await checkPage(board, 'list to publish');
	await send(board, `${draw}/list`);
	await checkPage(board, 'list published');
	await go(phone, `${F}/draw/resik/list`);
	await checkPage(phone, 'provisional list');
	await go(board, draw);
	await checkPage(board, 'draw draft with list');
	await send(board, `${draw}/freeze`, { minutes: '60' });
}

async function sample(board) {
	await go(board, `${draw}/sample`);
	await checkPage(board, 'sample to name');
	await send(board, `${draw}/sample`, { count: '30', minutes: '5' });
	await checkPage(board, 'sample waits');
	await send(board, `${draw}/sample/beacon`);
	await checkPage(board, 'sample');
	await go(board, `${draw}/sample/1`);
	await checkPage(board, 'sample coupon');
	await send(board, `${draw}/sample/1`, { verdict: 'clean' });
	ok((await board.locator('main').innerText()).includes('1 dari 30'), 'one of thirty is checked');
}

async function winners(board, phone) {
	await go(board, draw);
	await send(board, `${draw}/beacon`);
	await send(board, `${draw}/run`);
	await go(board, `${draw}/winners`);
	await checkPage(board, 'winners');
	await go(board, `${draw}/odd`);
	await checkPage(board, 'winners odd');
	await go(board, `${draw}/winners`);
	const [one, two] = await board.locator('main table a').evaluateAll((v) => v.map((a) => a.getAttribute('href')));
	await go(board, one);
	await checkPage(board, 'winner drawn');
	await send(board, `${one}/called`);
	await checkPage(board, 'winner called');
	await send(board, `${one}/verified`);
	await checkPage(board, 'winner verified');
	await send(board, `${one}/give`, { receiver: 'Bu Sri Lestari' });
	await checkPage(board, 'winner given');
	await go(board, two);
	await send(board, `${two}/strike`, { reason: 'absent', words: 'Dipanggil tiga kali di panggung, tidak hadir.', then: 'redraw', minutes: '60' });
	await checkPage(board, 'redraw waits');
	await send(board, `${draw}/again/2`);
	await checkPage(board, 'redrawn');
	await go(phone, `${F}/draw/resik`);
	await checkPage(phone, 'public draw after');
	ok((await phone.locator('main').innerText()).includes('Pemenang baru'), 'everybody reads who took the place');
}

await run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir);
	const browser = await launch();
	const board = await signIn(browser, 'panitia');
	const phone = await newPage(browser);
	await before(board, phone);
	await sample(board);
	await winners(board, phone);
});
