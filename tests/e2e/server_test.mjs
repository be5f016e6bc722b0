// Whoever looks after all cities, on a phone: the list, one city, a new one, and a city entered
// visibly; what the city and the invited see of it.  What these pages do: tests/app/server_test.py.
import { axe, checkPage, larisDone, launch, newPage, ok, run, scratch, shot, startLaris } from './lib.mjs';

let site, browser;

async function send(page, form) {
	await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()]);
}

async function signIn(city, login) {
	const page = await newPage(browser);
	await page.goto(`${site.url}/sign-in?city=${city}`);
	await page.selectOption('[name=city]', city);
	await page.fill('[name=login]', login);
	await page.fill('[name=password]', 'laris-demo');
	await send(page, 'form[action="/sign-in"]');
	return page;
}

async function look(page, path, name) {
	await page.goto(site.url + path);
	await checkPage(page, name);
}

/** An answer that cannot be asked for again as it was: a POST's, a refusal. */
async function asItIs(page, name) {
	const found = await axe(page);
	ok(found.length === 0, `${name}: axe finds nothing`, found.join('\n'));
	await shot(page, name.replace(/ /g, '-') + '-360');
	page.problems.length = 0;
}

async function allCities(boss) {
	await checkPage(boss, 'server list');
	await look(boss, '/server?q=xyz', 'server nothing found');
	await look(boss, '/server/city/new?q=blitar', 'server new city');
	await look(boss, '/server/city/new?code=35.72', 'server new city named');
	await send(boss, 'form[action="/server/city/new"]');
	await checkPage(boss, 'server city without organiser');
	await boss.fill('[name=name]', 'Bu Rini');
	await boss.fill('[name=login]', 'rini');
	await send(boss, 'form[action$="/invite"]');
	await asItIs(boss, 'server city invited');
	return (await boss.innerText('.note.ok .hash')).trim();
}

async function entered(boss) {
	await boss.goto(`${site.url}/server/city/surakarta`);
	await boss.locator('details:has([name=why]) summary').click();
	await boss.fill('[name=why]', 'Impor gagal, diminta Bu Rini lewat telepon.');
	await send(boss, 'form[action$="/enter"]');
	await checkPage(boss, 'inside board');
	ok(await boss.isVisible('form[action="/server/leave"] button'), 'the way out is on the page');
	await look(boss, '/admin/settings', 'inside settings');
	await look(boss, '/admin/festival/sgs-2021', 'inside sale');
	const own = await signIn('surakarta', 'panitia');
	await look(own, '/admin/audit', 'record with a visitor');
	await look(boss, '/server/audit', 'server record');
	await send(boss, 'form[action="/server/leave"]');
	ok(!await boss.isVisible('form[action="/server/leave"]'), 'and it is gone outside');
}

await run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo', '--scale', 'tiny', '--cities', '4']);
	site = await startLaris(dir);
	browser = await launch();
	const shopper = await newPage(browser);
	await look(shopper, '/sign-in?city=server', 'sign in for the server');
	const boss = await signIn('server', 'pengelola');
	const link = await allCities(boss);
	await shopper.goto(link);
	await checkPage(shopper, 'invited');
	await entered(boss);
	larisDone(dir, ['city', 'close', 'surakarta', '--reason', 'Server dipindahkan malam ini.']);
	await shopper.goto(`${site.url}/surakarta`);
	await asItIs(shopper, 'city closed');
	await look(boss, '/server/city/surakarta', 'server city closed');
});
