// Contests, poster sentences, a city's look, and being forgotten: each page
// valid, light and for everyone, empty and filled.
import { checkPage, larisDone, launch, newPage, ok, run, scratch, startLaris } from './lib.mjs';

const SALE = '/admin/festival/sgs-2021', PUBLIC = '/surakarta/sgs-2021';
let site;

async function go(page, path) {
	await page.goto(site.url + path, { waitUntil: 'load' });
}

async function send(page, form, fields) {
	for (const [name, value] of Object.entries(fields)) await page.fill(`${form} [name=${name}]`, value);
	await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).last().click()]);
}

async function contests(board, anybody) {
	await go(anybody, `${PUBLIC}/contest`);
	await checkPage(anybody, 'no contests');
	await go(board, `${SALE}/contest`);
	await send(board, `form[action="${SALE}/contest"]`, { name: 'Pasar terhias', who: 'Semua pasar rakyat',
		prizes: 'Piala bergilir' });
	await checkPage(board, 'contests of the organiser');
	await go(board, `${SALE}/contest/pasar-terhias`);
	await checkPage(board, 'one contest');
	await go(anybody, `${PUBLIC}/contest`);
	ok((await anybody.innerText('main')).includes('Piala bergilir'), 'anybody reads the prizes');
	await checkPage(anybody, 'contests');
	await go(board, `${SALE}/poster`);
	await checkPage(board, 'sentences on posters');
}

async function look(board, anybody) {
	await go(board, '/admin/look');
	await send(board, 'form[action="/admin/look"]', { brand: '#7a1f2b', accent: '#a86400' });
	await checkPage(board, 'a city\'s look');
	await go(anybody, PUBLIC);
	await checkPage(anybody, 'the front page in the city\'s colours');
}

async function forgotten(board, card) {
	await go(board, `${SALE}/forget`);
	await checkPage(board, 'who asked to be forgotten');
	await go(board, `${SALE}/forget/${card}`);
	ok((await board.innerText('main')).includes('Alasan'), 'it is done with a reason');
	await checkPage(board, 'forgetting one card');
}

await run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	const card = larisDone(dir, ['card', 'list', 'surakarta', 'sgs-2021']).split(/\s/)[0];
	site = await startLaris(dir);
	const browser = await launch();
	const board = await newPage(browser), anybody = await newPage(browser);
	await go(board, '/sign-in?city=surakarta');
	await send(board, 'form[action="/sign-in"]', { login: 'panitia', password: 'laris-demo' });
	board.problems.length = 0;
	await contests(board, anybody);
	await look(board, anybody);
	await forgotten(board, card);
});
