// A prize is handed over: signed on the screen, by photograph, and without a script.
import { axe, checkPage, laris, larisDone, launch, newPage, ok, run, same, scratch, shot, startLaris } from './lib.mjs';

let site, dir, browser, page;

const request = (...words) => laris(dir, ['request', '--as', 'panitia', '--city', 'surakarta', ...words]);
const asks = (...words) => /^Location: (\S+)/m.exec(request('POST', ...words).stderr)?.[1];

/** Two places of a rehearsal whose winners are called and verified. */
function winners() {
	const at = asks('/admin/draw', 'name=Gladi', 'slug=gladi', 'rehearsal=1');
	asks(`${at}/prize`, 'title=Kulkas', 'code=KULKAS', 'cls=A', 'number=2', 'value=1');
	asks(`${at}/freeze`, 'minutes=60');
	asks(`${at}/beacon`, `pasted=${larisDone(dir, ['draw', 'rehearse-beacon', 'surakarta', 'gladi-sgs-2021-gladi']).trim()}`);
	asks(`${at}/run`);
	const all = request('GET', `${at}/winners`).stdout.match(/\/admin\/draw\/\w+\/winner\/\w+\/\d/g);
	for (const w of new Set(all)) {
		asks(`${w}/called`);
		asks(`${w}/verified`);
	}
	return [...new Set(all)];
}

async function signIn(options = {}) {
	page = await newPage(browser, options);
	await page.goto(`${site.url}/sign-in`);
	await page.selectOption('[name=city]', 'surakarta');
	await page.fill('[name=login]', 'panitia');
	await page.fill('[name=password]', 'laris-demo');
	await Promise.all([page.waitForNavigation(), page.locator('form[action="/sign-in"] button[type=submit]').click()]);
	page.problems.length = 0;
}

async function stroke(points) {
	const box = await page.locator('canvas').boundingBox();
	const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
	await page.mouse.move(...at(points[0]));
	await page.mouse.down();
	for (const p of points.slice(1))
		await page.mouse.move(...at(p), { steps: 4 });
	await page.mouse.up();
}

const files = () => page.locator('input[name=paper]').evaluate((i) => i.files.length);

async function drawn(url) {
	await page.goto(site.url + url);
	await page.locator('canvas').scrollIntoViewIfNeeded();
	await checkPage(page, 'hand-over');
	await stroke([[.5, .5], [.505, .5]]);
	same(await files(), 0, 'a dot is no signature');
	await stroke([[.1, .6], [.3, .2], [.4, .8], [.6, .3], [.8, .6]]);
	await page.waitForSelector('[data-done]:not([hidden])');
	same(await files(), 1, 'what was drawn lies in the field of the photograph');
	const found = await axe(page);
	ok(found.length === 0, 'axe finds nothing', found.join('\n'));
	await shot(page, 'hand-over-signed');
	await page.click('[data-redo]');
	same(await files(), 0, 'sign again: gone');
	await stroke([[.1, .5], [.5, .1], [.9, .7]]);
	await page.waitForSelector('[data-done]:not([hidden])');
	await page.setInputFiles('input[name=paper]', { name: 'kertas.png', mimeType: 'image/png', buffer: Buffer.from('x') });
	ok(await page.locator('[data-done]').isHidden(), 'a chosen photograph counts instead');
	await page.click('section:has(canvas) button[type=submit]');	// no receiver: the page again
	await stroke([[.1, .5], [.5, .1], [.9, .7]]);
	await page.waitForSelector('[data-done]:not([hidden])');
	await page.fill('input[name=receiver]', 'Bu Sri');
	await page.click('section:has(canvas) button[type=submit]');
	await page.waitForSelector('a[href$="/paper/signed"]');
	const dark = await page.evaluate(async (src) => {
		const picture = await createImageBitmap(await (await fetch(src)).blob());
		const c = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
		c.drawImage(picture, 0, 0);
		const { data } = c.getImageData(0, 0, picture.width, picture.height);
		return data.filter((v, i) => i % 4 === 0 && v < 100).length;
	}, `${url}/paper/signed`);
	ok(dark > 500, `the signature is kept as a picture: ${dark} dark points`);
	same((await fetch(`${site.url}${url}/paper/signed`)).status, 401, 'which nobody else sees');
}

/** By keyboard, and without a script: the upload, as before. */
async function uploaded(url) {
	await signIn({ javaScriptEnabled: false });
	await page.goto(site.url + url);
	ok(await page.locator('[data-sign]').isHidden(), 'without a script nothing promises a canvas');
	await page.focus('input[name=receiver]');
	for (const name of ['photo', 'paper']) {
		await page.keyboard.press('Tab');
		same(await page.evaluate(() => document.activeElement.name), name, `the keyboard comes to ${name}`);
	}
	await page.fill('input[name=receiver]', 'Pak Budi');
	await page.setInputFiles('input[name=paper]', { name: 'kertas.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\xff\xd8\xff\xe0paper', 'latin1') });
	await page.click('section:has([data-sign]) button[type=submit]');
	ok(await page.locator('a[href$="/paper/signed"]').count() === 1, 'a photograph of the paper is kept as ever');
}

run(async () => {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	const [first, second] = winners();
	site = await startLaris(dir);
	browser = await launch();
	await signIn();
	await drawn(first);
	await uploaded(second);
});
