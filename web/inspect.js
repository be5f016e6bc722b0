// "Check this draw yourself": starts the worker that does the work (verify.js,
// loaded by the button and not before), and puts its findings into words.
// Number and secret of a card go to that worker and nowhere else.
{
	const root = document.querySelector("[data-inspect]");
	const $ = (what, from = root) => from.querySelector(`[data-${what}]`);
	const box = (id) => document.getElementById(`own-${id}`);
	const tag = { valid: "tag on", failed: "tag no", unchecked: "tag soon" };
	const note = { valid: "note ok", failed: "note bad", unchecked: "note warn" };
	let worker, last, copied = [];

	const say = (code, args = []) =>
		(root.querySelector(`[data-say="${code}"]`)?.textContent ?? code)
			.replace(/\{(\d)\}/g, (all, i) => args[i - 1] ?? all);

	const number = (n) => /^\d+$/.test(n) ? n.replace(/\B(?=(\d{3})+$)/g, document.documentElement.lang === "en" ? "," : ".") : n;

	/** A link of the card's QR holds both; else the two fields. */
	const card = () => {
		const typed = box("card").value.trim();
		const digits = (/\/card\/(\d{9})(?!\d)/.exec(typed)?.[1] ?? typed).replace(/[\s.-]/g, "");
		const secret = box("secret").value.trim() || /[?&]s=([^&#]+)/.exec(typed)?.[1] || "";
		if (!typed && !secret)
			return undefined;
		if (!/^\d{9}$/.test(digits) || !secret)
			throw new Error("card-form");
		return { card: digits, secret, phone: box("phone").value };
	};

	/** "surakarta 1234 ab12 cd34 ef56 7890": the line that stands on the page of a purchase. */
	const receipt = () => {
		const typed = box("receipt").value.trim().toLowerCase();
		if (!typed)
			return undefined;
		const [, city, number, start] = /^([a-z0-9-]+)\s+(\d{1,15})\s+((?:[0-9a-f]{4}\s*){4})$/.exec(typed) ?? [];
		if (!start)
			throw new Error("receipt-form");
		return { city, number: Number(number), start: start.replace(/\s/g, "") };
	};

	const trouble = (code) => {
		$("busy").hidden = true;
		$("run").disabled = false;
		$("error").textContent = say(code);
		$("error").hidden = false;
		worker?.terminate();
		worker = undefined;
	};

	const promise = (letter, findings, mark) => {
		const card = document.querySelector(`[data-promise="${letter}"]`);
		const list = $("findings", card), seal = $("verdict", card);
		const numbers = ["card-found", "winners-follow", "signature-valid", "sample-follows", "entries-order", "entries-gap",
			"first-freeze", "log-too-long", "mirror-old", "not-first", "log-has-more", "receipt-in", "receipt-new"];
		seal.className = tag[mark];
		seal.textContent = say(mark);
		list.replaceChildren(...findings.map((f) => {
			const line = document.createElement("li");
			// where one promise has several parts, each says how it ended
			const head = findings.length > 1 ? `${say(f.mark)}: ` : "";
			line.textContent = head + say(f.why, numbers.includes(f.why) ? f.args.map(number) : f.args);
			return line;
		}));
		list.hidden = false;
	};

	const done = ({ result, took }) => {
		$("busy").hidden = true;
		$("run").disabled = false;
		for (const [letter, findings] of Object.entries(result.part))
			promise(letter, findings, result.verdict[letter]);
		const all = $("all"), seconds = ((took.read + took.check) / 1000).toFixed(1);
		all.className = note[result.verdict.all];
		all.textContent = `${say(`all-${result.verdict.all}`)} ${say("took", [
			document.documentElement.lang === "en" ? seconds : seconds.replace(".", ",")])}`;
		all.hidden = false;
		root.dataset.took = JSON.stringify(took);
		worker.terminate();
		worker = undefined;
	};

	const heard = ({ data }) => {
		if (data.error)
			return trouble(data.error);
		if (data.result)
			return done(data);
		const bar = root.querySelector("progress");
		$("step").textContent = say(data.step);
		bar.max = data.total;
		bar.value = data.done;
	};

	/** The copy that was chosen, or the city's own; the whole of that only where it was asked for. */
	const log = (bought) => {
		if (copied.length)
			return { list: copied, whole: true };
		const whole = box("log")?.checked ?? false;
		return (whole || bought) && { base: new URL(root.dataset.log, location).href, whole };
	};

	const start = (job) => {
		last = job;
		$("error").hidden = $("all").hidden = true;
		let mine, bought;
		try {
			mine = card();
			bought = receipt();
		} catch (e) {
			$("own").open = true;
			return trouble(e.message);
		}
		worker?.terminate();
		try {
			worker = new Worker(root.dataset.inspect);
		} catch {
			return trouble("no-worker");
		}
		worker.onmessage = heard;
		worker.onerror = () => trouble(navigator.onLine ? "no-worker" : "network");
		$("busy").hidden = false;
		$("run").disabled = true;
		$("step").textContent = say("fetch");
		worker.postMessage({ ...job, card: mine, receipt: bought, policy: box("policy").files[0], log: log(bought) });
	};

	const named = (files) => [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

	/** Files of what was dropped, with their paths; a folder goes in whole. */
	const collect = async (entry, path, out) => {
		if (entry.isFile) {
			const file = await new Promise((good, bad) => entry.file(good, bad));
			out.push({ name: path + entry.name, file });
			return;
		}
		const reader = entry.createReader();
		// a reader hands out its entries by the hundred, until there are none
		for (let some; (some = await new Promise((good, bad) => reader.readEntries(good, bad))).length;)
			for (const e of some)
				await collect(e, `${path}${entry.name}/`, out);
	};

	/** What is under the folder of this file; its own name is no part of the paths. */
	const under = (list, name) => {
		const top = list.find((f) => f.name.split("/").pop() === name)?.name.slice(0, -name.length);
		return top === undefined ? [] : list.filter((f) => f.name.startsWith(top))
			.map((f) => ({ name: f.name.slice(top.length), file: f.file }));
	};

	const mine = (list) => {
		const draw = under(list, "freeze.txt"), copy = under(list, "checkpoint");
		if (copy.length)
			copied = copy;
		// a copy of the log beside the draw's files is none of them
		if (!draw.length)
			return copy.length && last ? start(last) : trouble("no-files");
		return start({ list: draw.filter((f) => !copy.some((c) => c.file === f.file)) });
	};

	const drop = async (e) => {
		e.preventDefault();
		const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry?.()).filter(Boolean);
		const out = [];
		for (const entry of entries)
			await collect(entry, "", out);
		mine(out.length ? out : named(e.dataTransfer.files));
	};

	if (root) {
		root.hidden = false;
		$("run").addEventListener("click", () => start({ base: new URL(root.dataset.folder, location).href,
			names: [...$("names").children].map((li) => li.textContent) }));
		box("files").addEventListener("change", (e) =>
			e.target.files.length && mine(named(e.target.files)));
		// a copy is a folder: the names of its files say nothing without their paths
		box("copy").webkitdirectory = true;
		box("copy").addEventListener("change", (e) => {
			copied = under(named(e.target.files), "checkpoint");
			if (last)
				start(last);
		});
		// another policy asks the same files again
		box("policy").addEventListener("change", () => last && start(last));
		root.addEventListener("dragover", (e) => e.preventDefault());
		root.addEventListener("drop", (e) => drop(e).catch(() => trouble("no-files")));
	}
}
