// Pages from which paper and tables are taken, at both sizes with axe, and
// a download as a browser makes it.
import { readFileSync } from 'node:fs';
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const SALE = '/admin/festival/sgs-2021';
let site;

async function go(page, path) {
	same((await page.goto(site.url + path)).status(), 200, `${path.split('?')[0]}: 200`);
}

async function signIn(browser, login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in`);
	await page.fill('[name=city]', 'surakarta').catch(() => page.selectOption('[name=city]', 'surakarta'));
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await Promise.all([page.waitForNavigation(),
		page.locator('form[action="/sign-in"] button[type=submit]').click()]);
	page.problems.length = 0;
	return page;
}

/** What the button saves: its name and first bytes. */
async function saved(page, href) {
	const [file] = await Promise.all([page.waitForEvent('download'),
		page.locator(`a[href="${href}"]`).click()]);
	return { name: file.suggestedFilename(), head: readFileSync(await file.path()).subarray(0, 4).toString('latin1') };
}

await run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir);
	const browser = await launch();
	const board = await signIn(browser, 'panitia');
	await go(board, `${SALE}/export`);
	await checkPage(board, 'tables');
	const table = await saved(board, `${SALE}/export/venues.xlsx`);
	ok(table.name === 'sgs-2021-venues.xlsx' && table.head.startsWith('PK'), 'a table is saved under its name',
	    JSON.stringify(table));
	await go(board, `${SALE}/cards`);
	await checkPage(board, 'cards with sheets');
	const sheet = await saved(board, `${SALE}/cards/print.pdf?after=0`);
	ok(sheet.name.startsWith('kartu-sgs-2021-') && sheet.head === '%PDF', 'card sheets are saved as PDF',
	    JSON.stringify(sheet));
	await go(board, '/surakarta/sgs-2021/report');
	await checkPage(board, 'fact sheet');
	const shop = await signIn(browser, 'pedagang');
	await go(shop, '/m/paper');
	await checkPage(shop, 'posters');
	const sign = await saved(shop, '/m/paper/sgs-2021/sign.pdf');
	ok(sign.head === '%PDF', 'the sign is saved as PDF', JSON.stringify(sign));
});
