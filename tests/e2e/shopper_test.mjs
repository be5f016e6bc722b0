// A shopper without an account: a code read out at the stall, a card on
// the phone, a PIN, another phone, a promotion, and "did I really win?".
import { checkPage, laris, larisDone, launch, newPage, ok, run, same, scratch, startLaris } from './lib.mjs';

const F = '/surakarta/sgs-2021';
let site;

async function send(page, form, fields = {}) {
	for (const [name, value] of Object.entries(fields)) await page.fill(`${form} [name="${name}"]`, value);
	await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).first().click()]);
}

const words = (page) => page.innerText('main');
const has = async (page, text, what) => ok((await words(page)).includes(text), what || `says "${text}"`,
    await words(page));

async function sold(browser) {
	const shop = await newPage(browser);
	await shop.goto(`${site.url}/sign-in`);
	await send(shop, 'form[action="/sign-in"]', { login: 'pedagang', password: 'laris-demo' });
	await shop.goto(`${site.url}/m`);
	await shop.fill('[name=amount]', '210000');
	await shop.click('label:has([name=method][value=cash])');
	if (await shop.locator('[name=day]').count()) await shop.fill('[name=day]', '2021-10-30');
	await send(shop, 'form[action="/m/sale"]');
	return /QR ([0-9A-Z]{8})/.exec(await shop.locator('main svg.qr').first().getAttribute('aria-label'))[1];
}

async function collects(phone, code) {
	await phone.goto(`${site.url}${F}/claim`);
	await send(phone, 'main form', { code: 'AAAA AAAA' });
	ok(!/\/card\//.test(phone.url()), 'a code that is none opens nothing');
	phone.problems.length = 0;
	await phone.goto(`${site.url}${F}/claim`);
	await send(phone, 'main form', { code: `${code.slice(0, 4)} ${code.slice(4)}`.toLowerCase() });
	await has(phone, '210.000', 'the code as it was read out finds the purchase');
	await send(phone, `form[action="${F}/claim/${code}/take"]`);
	const card = new URL(phone.url());
	ok(card.pathname.startsWith(`${F}/card/`) && card.searchParams.get('s'), 'a card, without registering');
	await has(phone, '4', 'four coupons for Rp 210.000');
	await checkPage(phone, 'shopper, the card');
	await phone.goto(`${site.url}${card.pathname}/forget${card.search}`);
	ok(await phone.locator('form[action*="/forget"]').count() > 0, 'being forgotten can be asked for');
	await checkPage(phone, 'shopper, being forgotten');
	await phone.goto(card.href);
	return card;
}

async function elsewhere(phone, browser, card) {
	const form = `form[action^="${card.pathname}/pin"]`;
	if (!await phone.locator(`${form} [name=pin]`).isVisible())
		await phone.locator(`details:has(${form}) summary`).click();
	await send(phone, form, { pin: '482913' });
	await has(phone, 'PIN tersimpan', 'a PIN is set');
	const other = await newPage(browser);
	await other.goto(site.url + card.pathname);
	ok(!(await words(other)).includes('210.000'), 'the number alone opens nothing');
	other.problems.length = 0;
	await other.goto(`${site.url}${F}/card`);
	const number = card.pathname.split('/').pop();
	await send(other, `form:has([name=pin])`, { card: number, pin: '111111' });
	ok(!(await words(other)).includes('210.000'), 'nor does a wrong PIN');
	other.problems.length = 0;
	await send(other, `form:has([name=pin])`, { card: number, pin: '482913' });
	await has(other, '210.000', 'number and PIN do, on any phone');
	await other.goto(`${site.url}/help/shopper`);
	await has(other, 'tanpa mendaftar', 'and how it goes stands on one sheet');
}

run(async () => {
	const dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	site = await startLaris(dir);
	const browser = await launch();
	const code = await sold(browser);
	const phone = await newPage(browser);
	await phone.goto(site.url + F);
	await has(phone, 'Solo Great Sale', 'the sale, by its address');
	const card = await collects(phone, code);
	await elsewhere(phone, browser, card);
	const late = await newPage(browser);
	await late.goto(`${site.url}${F}/claim/${code}`);
	ok(await late.locator('form[action$="/take"]').count() === 0, 'nobody takes the same coupons twice',
	    await words(late));
	await site.stop();
	same(laris(dir, ['check']).status, 0, 'laris check: every sum agrees');
});
