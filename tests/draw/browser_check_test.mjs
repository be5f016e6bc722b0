// The browser's telling of the draw's rules (web/verify/check.mjs), without a
// browser: known answers, spoilt bundles, drand's rounds, and uniform numbers.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, root, run, same } from '../e2e/lib.mjs';
import { POLICY, golden } from './bundles.mjs';
import { Tree, bounded, cardName, signed, verdict, verify } from '../../web/verify/check.mjs';

const VECTORS = join(root, 'tests/golden/laris-draw');
const DRAND = join(process.env.LARIS_VECTORS ?? join(root, '../shared/vectors'), 'drand/quicknet.json');

const open = (name) => golden(`laris-draw/${name}`);
const said = (r, part) => r.part[part].map((f) => `${f.mark} ${f.why}`).join(', ');
const whys = (r) => Object.values(r.part).flat().filter((f) => f.mark === 'failed').map((f) => f.why);

function known() {
	for (const name of ['kat1-seven', 'kat2-one-holder']) {
		const r = verify(open(name));
		same(r.verdict.d, 'valid', `${name}: winners and signature`);
		same(whys(r).join(), '', `${name}: nothing failed`);
	}
	for (const [name, why] of [['neg-beacon-forged-signature', 'signature-wrong'], ['neg-beacon-uppercase', 'beacon-format'],
		['neg-gap', 'entries-gap'], ['neg-one-coupon-added', 'entries-sum'], ['neg-winner-changed', 'winners-differ']])
		same(whys(verify(open(name)))[0], why, `${name}: ${why}`);
}

/** No byte of any file may change unnoticed; every ninth, for a pairing each costs time. */
function bytesChanged() {
	const unseen = [], good = open('kat1-seven');
	for (const [name, bytes] of good)
		for (let i = bytes.length % 9; i < bytes.length; i += 9) {
			const bad = new Map(good), copy = bytes.slice();
			copy[i] ^= 1 << i % 8;
			bad.set(name, copy);
			if (verify(bad).verdict.all !== 'failed')
				unseen.push(`${name} ${i}`);
		}
	same(unseen.join(), '', 'every ninth byte of a bundle, changed: failed');
}

function lacking() {
	for (const name of ['freeze.txt', 'entries.bin', 'prizes.tsv', 'ineligible.txt', 'winners.tsv', 'transcript.tsv']) {
		const files = open('kat1-seven');
		files.delete(name);
		ok(whys(verify(files)).includes('file-missing'), `without ${name}: missing`);
	}
	const files = open('kat1-seven');
	files.delete('beacon.txt');
	ok(whys(verify(files)).includes('drawn-without-beacon'), 'winners without a beacon');
	files.delete('winners.tsv');
	files.delete('transcript.tsv');
	const r = verify(files);
	same(r.verdict.d, 'unchecked', 'not drawn yet: not checked');
	files.set('rules.txt', new TextEncoder().encode('x'));
	ok(whys(verify(files)).includes('rules-not-fixed'), 'rules that nobody fixed');
	const sums = open('kat1-seven');
	sums.set('SHA256SUMS', new TextEncoder().encode(`${'0'.repeat(64)}  winners.tsv\n`));
	ok(whys(verify(sums)).includes('sums-differ'), 'a sum that does not fit');
	sums.set('SHA256SUMS', new TextEncoder().encode(`${'0'.repeat(64)}  ../winners.tsv\n`));
	ok(whys(verify(sums)).includes('sums-format'), 'a sum that leads out of the folder');
}

function cards() {
	same(cardName('KAT', { card: '482100937', secret: 'ABC', phone: '0812 345' }),
	    cardName('KAT', { card: '4821 0093 7', secret: ' ABC ', phone: '+62812345' }), 'a card however it is typed');
	const r = verify(open('kat1-seven'), { card: '123456789', secret: 'X', phone: '' });
	same(whys(r).join(), 'card-not-found', 'a card that is not there');
	same(verdict([]), 'unchecked', 'nothing checked is not valid');
}

function numbers() {
	// numbers above 2^53: read as text, not as JavaScript's own
	const text = readFileSync(join(VECTORS, 'bounded.json'), 'utf8').replace(/("n"|"index"): (\d+)/g, '$1: "$2"');
	const { vectors } = JSON.parse(text);
	const wrong = vectors.filter((v) => String(bounded(BigInt(`0x${v.x}`), BigInt(v.n)) ?? null) !== String(v.index));
	same(wrong.length, 0, `${vectors.length} uniform numbers`);
	const tree = new Tree();
	tree.add(new Uint8Array(48));
	same(tree.root().length, 32, 'a tree of one');
	if (!existsSync(DRAND))
		return console.log('# drand vectors are not here: skipped');
	for (const { round, signature, valid } of JSON.parse(readFileSync(DRAND)).rounds)
		same(signed(round, signature), valid, `drand round ${round}: ${valid}`);
	return undefined;
}

/** A draw with sample, redraw, returned prize and hand-over, in a witnessed log. */
function whole() {
	const all = golden('draw-whole');
	const policy = POLICY;
	const r = verify(all, undefined, undefined, policy);
	same(r.verdict.a + r.verdict.e, 'validvalid', 'with a policy of mine: a and e are valid');
	same(said(r, 'd'), 'valid signature-valid, valid winners-follow, valid sample-follows, valid after-follows', 'so are sample and redraw');
	same(said(verify(all), 'a'), 'unchecked no-policy, unchecked no-policy, unchecked no-policy, unchecked no-policy, unchecked no-policy',
		'nobody said whom to believe');
	same(said(verify(new Map(all).set('policy.txt', policy)), 'e'), 'unchecked their-policy', 'the bundle\'s own policy is not mine');
	const unseen = [];
	for (const [name, bytes] of all)
		for (let i = bytes.length % 41; i < bytes.length; i += 41) {
			const copy = bytes.slice();
			copy[i] ^= 1 << i % 7;
			if (verify(new Map(all).set(name, copy), undefined, undefined, policy).verdict.all !== 'failed')
				unseen.push(`${name} ${i}`);
		}
	same(unseen.join(), '', 'every 41st byte of it changed: failed');
	for (const [name, why] of [['after/002-returned.txt', 'after-stranger'], ['after/001-beacon.txt', 'file-missing'],
		['sample.txt', 'file-missing'], ['after/001-winner.tsv', 'file-missing']]) {
		const some = new Map(all);
		some.delete(name);
		ok(whys(verify(some, undefined, undefined, policy)).includes(why), `without ${name}: ${why}`);
	}
	ok(whys(verify(all, undefined, undefined, new TextEncoder().encode('quorum x\n'))).includes('policy-format'), 'no policy at all');
}

/** One that a notary annulled, and what must be refused of it. */
function annulled() {
	const all = golden('draw-annulled'), check = (files) => verify(files, undefined, undefined, POLICY);
	const r = check(all), text = new TextDecoder().decode(all.get('annulment.txt'));
	same(said(r, 'd'), 'unchecked annulled, valid sample-follows, valid annulment', 'annulled: said by whom, and not called valid');
	same(r.verdict.a + r.verdict.all, 'validunchecked', 'it is in the log');
	for (const name of ['sample.txt', 'sample.tsv', 'sample-beacon.txt'])
		all.delete(name);		// its pairing costs time, and was tried
	const changed = (from, to) => new Map(all).set('annulment.txt', new TextEncoder().encode(text.replace(from, to)));
	for (const [from, to, why] of [[/at .*/, 'at 2023-08-26T15:59:23Z', 'annulled-early'], ['round 1000', 'round 1001', 'told-format'],
		['T15:59:24', 'T15:59:60', 'told-format'], ['2023-08-26', '2023-02-30', 'told-format'], ['late', 'never', 'told-format'],
		[/deed .*/, 'deed ', 'told-format']])
		ok(whys(check(changed(from, to))).includes(why), `${to}: ${why}`);
	for (const name of ['beacon.txt', 'winners.tsv', 'transcript.tsv', 'after/001-redraw.txt'])
		ok(whys(check(new Map(all).set(name, all.get('freeze.txt')))).includes('annulled-drawn'), `and ${name}: annulled-drawn`);
}

run(() => {
	known();
	whole();
	annulled();
	lacking();
	cards();
	numbers();
	bytesChanged();
});
