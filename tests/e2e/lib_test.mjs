// The page checks themselves: a sound page passes, each planted fault is seen.
import { createServer } from 'node:http';
import { atEnd, axe, htmlFaults, launch, newPage, ok, run, same, scrollsSideways, weight, WEIGHT_MAX } from './lib.mjs';

const page = (body, head = '') => `<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Uji</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">${head}</head>
<body><main><h1>Judul</h1>${body}</main></body></html>`;

const pages = {
	'/sound': page('<p>Teks biasa.</p>'),
	'/no-label': page('<form action="/x" method="get"><input name="q"><button type="submit">Cari</button></form>'),
	'/wide': page(`<p>${'panjang'.repeat(100)}</p>`),
	'/heavy': page(`<p>${'berat '.repeat(6000)}</p>`),
	'/script': page('<p>x</p>', '<script src="/broken.js" defer></script>'),
	'/inline': page('<p>x</p><script>document.title = "jahat";</script>'),
};

async function serve() {
	const server = createServer((req, res) => {
		const script = req.url === '/broken.js';
		const body = script ? 'notThere();' : pages[req.url];

		res.writeHead(body ? 200 : 404, { 'Content-Type': script ? 'text/javascript' : 'text/html; charset=utf-8',
			'Content-Security-Policy': "default-src 'self'; img-src 'self' data:" });
		res.end(body || '');
	});
	await new Promise((up) => server.listen(0, '127.0.0.1', up));
	atEnd(() => new Promise((down) => {
		server.closeAllConnections();
		server.close(down);
	}));
	return `http://127.0.0.1:${server.address().port}`;
}

await run(async () => {
	const url = await serve();
	const p = await newPage(await launch());

	await p.goto(`${url}/sound`);
	same((await axe(p)).join('\n'), '', 'axe finds nothing on a sound page');
	ok(!await scrollsSideways(p), 'a sound page does not scroll sideways');
	ok(weight(p) > 300 && weight(p) < WEIGHT_MAX, `a sound page weighs ${weight(p)} bytes`);
	same((await htmlFaults(pages['/sound'])).join('\n'), '', 'a sound page is valid');
	same(p.problems.join('\n'), '', 'a sound page has no problems');

	await p.goto(`${url}/no-label`);
	ok((await axe(p)).some((v) => v.startsWith('label:')), 'axe finds an input without label');
	await p.goto(`${url}/wide`);
	ok(await scrollsSideways(p), 'a wide page is seen to scroll sideways');
	await p.goto(`${url}/heavy`);
	ok(weight(p) > WEIGHT_MAX, `a heavy page is weighed: ${weight(p)} bytes`);
	await p.goto(`${url}/script`);
	ok(p.problems.some((x) => x.startsWith('script:')), 'an error in a script is seen');
	p.problems.length = 0;
	await p.goto(`${url}/inline`);
	ok(p.problems.some((x) => /Content.Security/.test(x)), 'an inline script is refused, and that is seen');
	same(await p.title(), 'Uji', 'and did not run');
	ok((await htmlFaults(page('<p>x<div>y</div></p>'))).length > 0, 'bad nesting is not valid');
	ok((await htmlFaults(page('<p style="color:red">x</p>'))).length > 0, 'an inline style is not valid');
	ok((await htmlFaults(page('<img src="/x.png">'))).length > 0, 'a picture without words is not valid');
});
