// The screens of a draw: a stage that lives on when the network dies and ends
// on the true winner, press sheet, "is this win real?", and the proof worked
// out in the browser without a word of the card's secret leaving it.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DESK, PHONE, axe, checkPage, laris, larisDone, launch, newPage, ok, picture, root, run, same, scratch,
	scrollsSideways, shot, startLaris } from './lib.mjs';

const D = '/surakarta/sgs-2021/draw';
const PROJECTOR = { width: 1920, height: 1080 }, OLD = { width: 1280, height: 720 };
const VECTORS = join(root, 'tests/golden/laris-draw');
const PRIZES = [['Rumah tipe 36', 'RUMAH', 'UTAMA', 1], ['Sepeda motor', 'MOTOR', 'UTAMA', 2],
	['Voucher belanja Rp 100.000', 'VOUCHER', 'HIBURAN', 40]];
let site, dir, browser;

// ---- what the organiser does, by the command line -------------------------------

function request(as, want, ...words) {
	const r = laris(dir, ['request', ...(as ? ['--as', as] : []), '--city', 'surakarta', ...words]);
	if (!r.stderr.startsWith(want)) throw new Error(`${words.join(' ')}: ${r.stderr}\n${r.stdout}`);
	return { to: /^Location: (\S+)/m.exec(r.stderr)?.[1], text: r.stdout };
}

const asks = (...words) => request('panitia', '303', ...words).to;

/** A shopper takes the coupons of one sale onto a card of her own. */
function ownCard() {
	const { to } = request('pedagang', '303', 'POST', '/m/sale', 'event=screens-1', 'amount=150000',
	    'method=cash', 'day=31/10/2021');
	const code = /QR ([0-9A-Z]{8})/.exec(request('pedagang', '200', 'GET', to).text)[1];
	const taken = request('', '303', 'POST', `/surakarta/sgs-2021/claim/${code}/take`).to;
	const [, number, secret] = /\/card\/(\d{9})\?s=(\w+)/.exec(taken);
	return { number, secret, coupons: 3 };
}

function freeze(slug, rehearsal) {
	const at = asks('POST', '/admin/draw', 'name=Undian ' + slug, `slug=${slug}`, ...(rehearsal ? ['rehearsal=1'] : []));
	for (const [title, code, cls, n] of PRIZES)
		asks('POST', `${at}/prize`, `title=${title}`, `code=${code}`, `cls=${cls}`, `number=${n}`, 'value=100000');
	if (!rehearsal) {
		asks('POST', '/admin/settings/objection-days', 'value=0');
		asks('POST', `${at}/none`);
		asks('POST', `${at}/list`);
	}
	asks('POST', `${at}/freeze`, 'minutes=60');
	return at;
}

// ---- stage ------------------------------------------------------------------------

async function stage(page, slug) {
	await page.goto(`${site.url}${D}/${slug}/stage`);
}

/** Which coupon the hand of the wheel points at, from where it was drawn. */
function pointed(page, coupons) {
	return page.evaluate((n) => {
		const m = new DOMMatrix(getComputedStyle(document.querySelector('.disc')).transform);
		return Math.floor(((1 - Math.atan2(m.b, m.a) / (2 * Math.PI)) % 1) * n);
	}, coupons);
}

const at = (page, turn) => page.waitForSelector(`[data-turn="${turn}"]:not([data-busy])`);

/** Every turn by the keyboard alone; what was shown, in order. */
async function through(page, told) {
	const seen = [];
	for (let turn = 0; turn < Number(await page.locator('[data-ready]').getAttribute('data-ready')); turn++) {
		await page.keyboard.press(turn % 2 ? 'Enter' : 'Space');
		await at(page, turn);
		const shown = await page.innerText('.act');
		seen.push(shown);
		if (await page.locator('.told').count()) {
			const coupon = Number(/^[\d.]+$/m.exec(await page.innerText('.told'))[0].replaceAll('.', ''));
			ok(Math.abs(await pointed(page, Number(told.coupons)) - coupon) <= 1,
			    `turn ${turn}: the wheel stands at coupon ${coupon}`);
		}
	}
	return seen.join('\n');
}

function isTrue(shown, told) {
	for (const p of told.prizes)
		for (const w of p.winners) {
			const number = w.coupon.replace(/\B(?=(\d{3})+$)/g, '.');
			if (!shown.includes(number) || !shown.includes(w.card) || !shown.includes(p.title))
				return ok(false, 'the screen showed every true winner', `${p.title} ${number} ${w.card}\n${shown}`);
		}
	return ok(true, 'the screen showed every true winner');
}

async function offline(told) {
	const page = await newPage(browser, { viewport: PROJECTOR });
	await stage(page, 'gladi');
	await page.waitForSelector('[data-ready]');
	await page.context().setOffline(true);
	isTrue(await through(page, told), told);
	await page.keyboard.press('Space');
	await page.waitForSelector('.won.all');
	ok((await page.innerText('.act')).includes('Semua pemenang'), 'and at its end all of them, the network gone since the first');
	await page.keyboard.press('ArrowLeft');
	await at(page, Number(await page.locator('[data-ready]').getAttribute('data-ready')) - 1);
	await page.keyboard.press('r');
	ok((await page.innerText('[data-spoken]')).length > 0, 'R shows it again; a screen reader hears it');
	ok((await page.innerText('.gladi')).includes('GLADI'), 'a rehearsal says so on every turn');
	same(page.problems.length, 0, `no fault without a network: ${page.problems}`);
	await page.context().close();
}

async function sizes() {
	const page = await newPage(browser);
	await stage(page, 'gladi');
	await page.waitForSelector('[data-ready]');
	await checkPage(page, 'stage ready');
	await page.keyboard.press('Space');
	await at(page, 0);
	for (const size of [PROJECTOR, OLD, { width: 360, height: 740 }]) {
		await page.setViewportSize(size);
		const name = `${size.width}x${size.height}`;
		ok(!await scrollsSideways(page), `stage ${name}: not wider than the screen`);
		const found = await axe(page);
		ok(found.length === 0, `stage ${name}: axe finds nothing`, found.join('\n'));
		ok(await page.evaluate(() => document.querySelector('.mask').getBoundingClientRect().bottom <= innerHeight),
		    `stage ${name}: the winner is on the screen without scrolling`);
		if (size.width > 1000)
			ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight + 1),
			    `stage ${name}: all of it is`, await page.evaluate(() => document.documentElement.scrollHeight));
		await shot(page, `stage-${name}`, { fullPage: false });
	}
	await page.setViewportSize(PROJECTOR);
	await picture(page, 'stage', DESK);
	await page.context().close();
}

/** With motion: it turns, a second press ends the turning, and it stands right. */
async function turning(told) {
	const page = await newPage(browser, { viewport: OLD, reducedMotion: 'no-preference' });
	const [first] = told.prizes[0].winners;
	await stage(page, 'gladi');
	await page.waitForSelector('[data-ready]');
	await page.keyboard.press('Space');
	await page.waitForFunction(() => document.querySelector('.disc')?.getAnimations().length);
	await page.keyboard.press('Space');
	await at(page, 0);
	ok(Math.abs(await pointed(page, Number(told.coupons)) - Number(first.coupon)) <= 1,
	    'a second press ends the turning, on the true winner');
	await page.context().close();
}

/** The same rehearsal told with a coupon passed over before its first winner. */
async function passedOver(told) {
	const page = await newPage(browser);
	const bent = structuredClone(told);
	bent.prizes[0].winners[0].k = 1;
	bent.prizes[1].winners = [];
	await page.route('**/stage/result', (route) => route.fulfill({ json: bent }));
	await page.route('**/file/transcript.tsv', (route) => route.fulfill({ contentType: 'text/plain',
		body: `RUMAH\t0\t7\t${'0'.repeat(64)}\tskip-ineligible\n` }));
	await stage(page, 'gladi');
	await page.waitForSelector('[data-ready]');
	await page.evaluate(() => {
		window.notes = [];
		new MutationObserver(() => window.notes.push(document.querySelector('.act').innerText))
			.observe(document.querySelector('.act'), { childList: true, subtree: true });
	});
	await page.keyboard.press('Space');
	await at(page, 0);
	ok((await page.evaluate(() => window.notes)).some((t) => t.includes('tidak boleh menang')),
	    'a coupon that was passed over is shown, and why');
	await page.keyboard.press('Space');
	await at(page, 1);
	ok((await page.innerText('.act')).includes('tidak terundi'), 'a prize nobody could win says so');
	await page.context().close();
}

/** After a redraw: the draw as it was, then what came after, each told from what it follows. */
async function since(told) {
	const page = await newPage(browser);
	const bent = structuredClone(told), [first] = bent.prizes[0].winners;
	first.gone = 1;
	bent.after = [
		{ n: 1, code: bent.prizes[0].code, title: bent.prizes[0].title, place: 1, places: 1, kind: 'redraw', was: first.card, ran: true, coupon: '7', card: '77*****77', stands: true },
		{ n: 2, code: 'MOTOR', title: bent.prizes[1].title, place: 1, places: 2, kind: 'redraw', was: '11*****11', ran: false, coupon: '', card: '', stands: false },
		{ n: 3, code: 'MOTOR', title: bent.prizes[1].title, place: 2, places: 2, kind: 'returned', was: '22*****22', ran: false, coupon: '', card: '', stands: false }];
	await page.route('**/stage/result', (route) => route.fulfill({ json: bent }));
	await stage(page, 'gladi');
	await page.waitForSelector('[data-ready]');
	const last = Number(await page.locator('[data-ready]').getAttribute('data-ready')) - 1;
	const texts = [];
	for (let i = 0; i <= last + 1; i++) {
		await page.keyboard.press('Space');
		await at(page, i);
		texts.push(await page.innerText('.act'));
	}
	ok(texts[0].includes(first.card), 'after a redraw: the draw is shown as it was');
	ok(texts[last - 2].includes('Undi ulang 1') && texts[last - 2].includes(first.card) && texts[last - 2].includes('77*****77'),
	    'then the redraw: who was struck out, who won the place', texts[last - 2]);
	ok(texts[last - 1].includes('putaran berikutnya') && texts[last].includes('Dinas Sosial'), 'one that waits, a prize returned', texts[last]);
	const end = texts[last + 1];
	ok(end.includes('77*****77') && !end.includes('tidak terundi'), 'and at the end who stands', end);
	ok(!(await page.locator('.won li').filter({ hasText: `${bent.prizes[0].title}` }).filter({ hasText: first.card }).count()), 'not who was struck out');
	await page.context().close();
}

/** A real draw: the clock runs down, the screen asks, the answer comes. */
async function countdown(told) {
	const page = await newPage(browser, { viewport: PROJECTOR });
	await stage(page, 'utama');
	await page.waitForSelector('.clock');
	const [minutes] = (await page.innerText('.clock')).split(':').slice(-2);
	ok(Number(minutes) >= 57, 'it counts down to the round', await page.innerText('.clock'));
	ok(!(await page.locator('.gladi').count()), 'and is no rehearsal');
	same(await page.locator('.keys button:visible').count(), 1, 'nothing to turn yet: only full screen');
	await shot(page, 'stage-countdown', { fullPage: false });
	await page.context().close();

	const soon = await newPage(browser);
	let asked = 0, drawn = false;
	await soon.route('**/draw/utama/stage', async (route) => {
		const reply = await route.fetch();
		await route.fulfill({ response: reply, body: (await reply.text()).replace(/data-left="\d+"/, 'data-left="1200"') });
	});
	await soon.route('**/stage/result', (route) => {
		if (asked++ === 0) return route.abort();
		return route.fulfill({ json: drawn ? told : { state: 'frozen', left: 0, coupons: told.coupons } });
	});
	await stage(soon, 'utama');
	await soon.waitForSelector('.clock');
	await soon.waitForFunction(() => document.body.innerText.includes('Jaringan terputus'));
	await soon.waitForFunction(() => document.body.innerText.includes('Menunggu angka acak'));
	drawn = true;
	await soon.waitForSelector('[data-ready]', { timeout: 15000 });
	ok(asked > 1, 'the clock ends, the network fails once, the result comes by itself');
	await soon.context().close();
}

// ---- without a script --------------------------------------------------------------

async function plain(told) {
	const page = await newPage(browser, { javaScriptEnabled: false });
	await stage(page, 'gladi');
	const text = await page.innerText('main');
	ok(text.includes(told.prizes[0].winners[0].card) && text.includes('Rumah tipe 36'), 'stage without script: the winners');
	await page.goto(`${site.url}${D}/gladi/verify`);
	ok((await page.innerText('main')).includes('laris verify'), 'check without script: says what to do instead');
	await page.context().close();
}

// ---- press, public page, "is this real?" ----------------------------------------------

async function press(page, told) {
	await page.goto(`${site.url}${D}/gladi`);
	await checkPage(page, 'public draw, many winners');
	same(await page.locator('table tbody tr').count(), 40, 'forty winners a page');
	await page.click('.pager a');
	await page.waitForURL('**from=40');
	same(await page.locator('table tbody tr').count(), 3, 'and the others on the next');
	await page.click(`a[href="${D}/gladi/press"]`);
	await page.waitForURL('**/press');
	await checkPage(page, 'press');
	await shot(page, 'press');
	await picture(page, 'press', DESK);
	const commands = await page.locator('pre').allInnerTexts();
	ok(commands.some((c) => c.startsWith('curl -f')) && commands.includes('sha256sum -c SHA256SUMS') &&
	    commands.some((c) => /^python3 verify.py --policy \S+ --log \S+\/log\/surakarta$/.test(c)), 'three commands, with policy and log', commands.join('\n'));
	const files = /\{(.*)\}/.exec(commands.find((c) => c.startsWith('curl')))[1].split(',');
	const rows = await page.locator('table tbody tr').count();
	same(files.length, rows, 'the command fetches every file of the table');
	const { seed } = told, text = await page.innerText('main');
	ok(text.includes(`= ${seed}`), 'the seed by hand');
	const { createHash } = await import('node:crypto');
	const x = createHash('sha256').update(`${seed},RUMAH,${told.prizes[0].winners[0].k}`).digest('hex');
	ok(text.includes(x), 'the first pick by hand');
	same(String(BigInt(`0x${x}`) % BigInt(told.coupons)), told.prizes[0].winners[0].coupon, 'and it is the winner');
	ok(text.includes('belum mengisi kontak'), 'no contact set: said, and where');
}

async function real(page, told) {
	const { coupon } = told.prizes[0].winners[0];
	for (const [typed, right] of [[coupon, true], ['115', false]]) {
		await page.goto(`${site.url}${D}/gladi/check?coupon=${typed}`);
		ok(!(await page.innerText('form')).includes('boleh kosong'), 'the number is not said to be optional');
		same(await page.locator('.note.ok').count() > 0, right, `coupon ${typed} ${right ? 'won' : 'did not'}`);
		ok((await page.innerText('main')).includes('gladi'), 'and a win of a rehearsal is none');
		await checkPage(page, `real ${right}`);
	}
}

// ---- the check in the browser -------------------------------------------------------

async function verdicts(page) {
	return Object.fromEntries(await page.locator('[data-promise]').evaluateAll((all) =>
		all.map((li) => [li.dataset.promise, li.querySelector('[data-verdict]').textContent])));
}

async function finished(page) {
	await page.waitForSelector('[data-all]:not([hidden]), [data-error]:not([hidden])', { timeout: 30000 });
}

async function fetched(page, card) {
	const sent = [];
	page.on('request', (r) => sent.push(`${r.method()} ${r.url()} ${r.postData() ?? ''}`));
	page.on('worker', () => sent.push('worker'));
	await page.goto(`${site.url}${D}/gladi/verify`);
	ok(!sent.some((s) => s.includes('verify.') && s.includes('/asset/')), 'the checker is not loaded with the page');
	await checkPage(page, 'check it yourself');
	await page.click('[data-run]');
	await finished(page);
	const got = await verdicts(page);
	same(got.c + got.d, 'TIDAK DIPERIKSATIDAK DIPERIKSA', 'a rehearsal: nothing failed, not all was checked');
	const c = await page.innerText('[data-promise=c]'), d = await page.innerText('[data-promise=d]');
	ok(c.includes('SAH: Daftar kupon') && d.includes('SAH: Semua 43 pemenang') && d.includes('GLADI'), 'list and winners are SAH', `${c}\n${d}`);
	const found = await axe(page);
	ok(found.length === 0, 'axe finds nothing in the answer', found.join('\n'));

	await page.click('[data-own] summary');
	await page.fill('#own-card', '12');
	await page.click('[data-run]');
	ok((await page.innerText('[data-error]')).includes('sembilan angka'), 'half a card is refused in words');
	same(await page.inputValue('#own-card'), '12', 'and what was typed stays');
	await page.fill('#own-card', `https://laris.example/surakarta/sgs-2021/card/${card.number}?s=${card.secret}`);
	await page.fill('#own-receipt', 'surakarta 12');
	await page.click('[data-run]');
	ok((await page.innerText('[data-error]')).includes('empat kali empat tanda'), 'half a line of proof likewise');
	await page.fill('#own-receipt', 'surakarta 3 0000 0000 0000 0000');
	await page.locator('details summary').nth(1).click();
	await page.check('#own-log');
	await page.click('[data-run]');
	await page.waitForFunction(() => document.querySelector('[data-promise=b] [data-verdict]').textContent === 'SAH', null,
	    { timeout: 30000 });
	ok((await page.innerText('[data-promise=b]')).includes(`${card.coupons} kupon`), 'one\'s own coupons, by the link of the card',
	    await page.innerText('[data-promise=b]'));
	ok((await page.innerText('[data-promise=c]')).includes('menurut policy.txt dari bundel') && sent.some((s) => s.includes('/tile/entries/')),
	    'the whole log was read, by the bundle\'s own policy', await page.innerText('[data-promise=c]'));
	ok((await page.innerText('[data-promise=e]')).includes('Catatan 3 di log BUKAN'), 'a purchase that is another is found out',
	    await page.innerText('[data-promise=e]'));
	ok(!sent.some((s) => s.includes('/proof/3')), 'and no request names it');
	await shot(page, 'verify-log');
	await page.fill('#own-receipt', '');
	await page.uncheck('#own-log');
	await page.fill('#own-card', `${card.number.slice(0, 4)} ${card.number.slice(4)}`);
	await page.fill('#own-secret', card.secret.toLowerCase().replace(/^.{4}/, '$& '));
	await page.fill('#own-phone', '0812');
	await page.click('[data-run]');
	await page.waitForFunction(() => !document.querySelector('[data-run]').disabled &&
	    !document.querySelector('[data-all]').hidden);
	same((await verdicts(page)).b, 'SAH', 'typed in small letters with spaces, too');
	ok(sent.length > 10 && !sent.some((s) => s.includes(card.secret)), 'no request carried the secret');
	ok(!sent.some((s) => s.includes(card.number)), 'nor the card\'s number');
	ok(!sent.some((s) => s.startsWith('POST')), 'nothing was posted at all');
}

const vector = (name) => readdirSync(join(VECTORS, name)).map((f) => join(VECTORS, name, f));

async function chosen(page) {
	for (const [name, letter, verdict, says] of [
		['kat1-seven', 'd', 'SAH', 'Tanda tangan drand untuk putaran 1.000 asli'],
		['kat2-one-holder', 'd', 'SAH', 'Semua 1 pemenang'],
		['neg-beacon-forged-signature', 'd', 'GAGAL', 'bukan dari drand untuk putaran 123'],
		['neg-beacon-uppercase', 'd', 'GAGAL', 'beacon.txt tidak persis'],
		['neg-gap', 'c', 'GAGAL', 'tidak bersambung'],
		['neg-one-coupon-added', 'c', 'GAGAL', 'Jumlah kupon'],
		['neg-winner-changed', 'd', 'GAGAL', 'winners.tsv baris 1']]) {
		await page.goto(`${site.url}${D}/gladi/verify`);
		await page.locator('details').last().locator('summary').click();
		await page.setInputFiles('#own-files', vector(name));
		await finished(page);
		same((await verdicts(page))[letter], verdict, `${name}: ${letter} is ${verdict}`);
		ok((await page.innerText(`[data-promise=${letter}]`)).includes(says), `${name}: ${says}`,
		    await page.innerText(`[data-promise=${letter}]`));
		const whole = await page.getAttribute('[data-all]', 'class');
		ok(whole.includes(verdict === 'GAGAL' ? 'bad' : 'warn'), `${name}: and so is the whole`, whole);
	}
	await page.setInputFiles('#own-files', [join(VECTORS, 'kat1-seven/beacon.txt')]);
	ok((await page.innerText('[data-error]')).includes('freeze.txt'), 'files without a freeze.txt: said what is missing');
}

const under = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
	e.isDirectory() ? under(join(folder, e.name)) : [join(folder, e.name)]);

/** A policy of one's own beside a bundle in a witnessed log: a and e get their answer. */
async function witnessed(page) {
	const golden = join(VECTORS, '../draw-whole'), policy = join(VECTORS, '../draw-whole-policy.txt');
	await page.goto(`${site.url}${D}/gladi/verify`);
	for (const summary of await page.locator('details summary').all())
		await summary.click();
	await page.setInputFiles('#own-policy', policy);
	// a folder cannot be put into this field by a test, so after/ stays at home
	await page.setInputFiles('#own-files', under(golden).filter((f) => !f.includes('/after/')));
	await finished(page);
	const got = await verdicts(page);
	same(got.a + got.e, 'SAHSAH', 'with a policy: a and e are SAH', JSON.stringify(got));
	ok((await page.innerText('[data-promise=a]')).includes('Disaksikan') &&
	    (await page.innerText('[data-promise=d]')).includes('4 kupon contoh'), 'and say why');
	await shot(page, 'verify-policy');
	await page.locator('[data-promise=a]').evaluate((li) => li.scrollIntoView());
	await picture(page, 'verify', PHONE);
	await page.setInputFiles('#own-policy', join(golden, 'prizes.tsv'));	// asks again by itself
	await page.waitForFunction(() => document.querySelector('[data-promise=a] [data-verdict]').textContent === 'GAGAL');
	ok((await page.innerText('[data-promise=a]')).includes('tlog-policy'), 'a policy that is none is said to be none');
}

/** What a journalist meets in the public log: its page, an entry that froze a list. */
async function publicLog(page) {
	await page.goto(`${site.url}/log/surakarta`);
	await checkPage(page, 'public log');
	await picture(page, 'log', DESK);
	await page.click('.rows a');
	await page.waitForURL('**/entry/*');
	await checkPage(page, 'log entry');
	ok((await page.innerText('main')).includes('daftar kupon undian tidak boleh berubah'), 'an entry says in words what it is');
}

async function gone(page) {
	await page.goto(`${site.url}${D}/gladi/verify`);
	await page.route('**/file/**', (route) => route.abort());
	await page.click('[data-run]');
	await finished(page);
	ok((await page.innerText('[data-error]')).includes('tidak dapat diunduh'), 'no network: said so, with what to do');
	page.problems.length = 0;
}

run(async () => {
	dir = scratch();
	larisDone(dir, ['init']);
	larisDone(dir, ['demo']);
	const card = ownCard();
	const gladi = freeze('gladi', true);
	asks('POST', `${gladi}/beacon`, `pasted=${larisDone(dir, ['draw', 'rehearse-beacon', 'surakarta',
		'gladi-sgs-2021-gladi']).trim()}`);
	asks('POST', `${gladi}/run`);
	larisDone(dir, ['festival', 'close', 'surakarta', 'sgs-2021']);
	freeze('utama', false);
	site = await startLaris(dir);
	browser = await launch();
	const told = await (await fetch(`${site.url}${D}/gladi/stage/result`)).json();
	same(told.prizes.flatMap((p) => p.winners).length, 43, 'forty-three winners');
	same((await fetch(`${site.url}${D}/gladi/stage/result`)).headers.get('cache-control'), 'no-store', 'never an old answer');

	await offline(told);
	await sizes();
	await turning(told);
	await passedOver(told);
	await since(told);
	await countdown(told);
	await plain(told);
	const page = await newPage(browser);
	await press(page, told);
	await real(page, told);
	await fetched(page, card);
	await chosen(page);
	await witnessed(page);
	await publicLog(page);
	await gone(page);
});
