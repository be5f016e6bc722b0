// Help: reached from the foot of every page and from the stall, one sheet
// of A4 each, in both languages, light, and the pictures are there.
import { checkPage, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const PAGES = ['shopper', 'merchant', 'officer', 'organiser'];

/** How many sheets it takes on paper. */
async function sheets(page) {
	const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
	return Math.max(...[...pdf.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)/g)].map((m) => Number(m[1])));
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['city', 'add', '35.71']);
	const site = await startLaris(dir);
	const page = await newPage(await launch());
	await page.goto(`${site.url}/kediri`);
	await Promise.all([page.waitForNavigation(), page.click('.foot a[href="/help"]')]);
	await checkPage(page, 'help');
	for (const name of PAGES) {
		await Promise.all([page.waitForNavigation(), page.click(`main a[href="/help/${name}"]`)]);
		await checkPage(page, `help for the ${name}`);
		const broken = await page.evaluate(() => [...document.images].filter((i) => !i.complete || !i.naturalWidth).length);
		same(broken, 0, `${name}: every picture is there`);
		for (const lang of ['id', 'en']) {
			await page.goto(`${site.url}/help/${name}?lang=${lang}`);
			same(await sheets(page), 1, `${name} in ${lang}: one sheet of A4`);
		}
		await page.goto(`${site.url}/help?lang=id`);
	}
	const reply = await page.goto(`${site.url}/help/nobody`);
	same(reply.status(), 404, 'another page: there is none');
	ok(larisDone(dir, ['guide']).split('\n').length === PAGES.length + 1, 'laris guide names the pages');
});
