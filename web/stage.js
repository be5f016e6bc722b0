// The big screen of a draw.  It counts down to the round, asks for the result
// until there is one, loads everything in one go, and from then on needs no
// network.  The wheel decides nothing: its rim is all coupons in their order,
// and it stops at the coupon that has won.
{
	const root = document.querySelector("[data-stage]");
	const act = root.querySelector("[data-act]");
	const keys = root.querySelector(".keys");
	const spoken = root.querySelector("[data-spoken]");
	const calm = matchMedia("(prefers-reduced-motion: reduce)");
	const ASK = 3000;			// milliseconds between two questions
	const ONE_BY_ONE = 5;		// more places than these are shown as lists
	const A_LIST = 12, AT_END = 24;
	const SLICES = 24;
	const SPIN = 7000, PASS = 3500;	// milliseconds a wheel turns to a win, to one passed over

	const say = (code, ...args) => root.querySelector(`[data-say="${code}"]`).textContent
		.replace(/\{(\d)\}/g, (all, i) => args[i - 1] ?? all);
	const point = root.dataset.lang === "en" ? "," : ".";
	const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, point);
	const wait = (ms) => new Promise((done) => setTimeout(done, ms));

	const el = (tag, cls, ...inside) => {
		const e = document.createElement(tag);
		e.className = cls;
		e.append(...inside);
		return e;
	};
	const show = (cls, ...inside) => {
		act.className = `act ${cls}`;
		act.replaceChildren(...inside);
	};

	// ---- before: countdown, then asking ------------------------------------------

	const clock = (ms) => {
		const s = Math.ceil(ms / 1000), two = (n) => String(n).padStart(2, "0");
		const hours = Math.floor(s / 3600) % 24, days = Math.floor(s / 86400);
		const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
		return (days ? `${say("days", days)} ` : "") + (days || hours ? `${two(hours)}:${rest}` : rest);
	};

	/** By the server's clock: a projector's own may be wrong by hours. */
	const countdown = async (left) => {
		const end = performance.now() + left;
		const hands = el("p", "clock");
		hands.setAttribute("role", "timer");
		show("", hands, el("p", "", say("countdown")), el("p", "", say("fixed")));
		for (let ms; (ms = end - performance.now()) > 0; await wait(ms % 1000 || 1000)) {
			hands.textContent = clock(ms);
			hands.classList.toggle("long", hands.textContent.length > 5);
		}
	};

	const waiting = el("p", "big", say("wait")), lost = el("p", "passed");

	/** The result once it is there: { state, left, coupons, drawn, seed, prizes, after }. */
	const ask = async () => {
		const reply = await fetch(root.dataset.stage, { cache: "no-store" });
		if (!reply.ok)
			throw new Error(reply.status);
		return reply.json();
	};

	const result = async () => {
		for (;;) {
			try {
				const now = await ask();
				lost.textContent = "";
				if (now.drawn || now.state === "annulled")
					return now;
				if (now.left > 0)
					await countdown(now.left);
			} catch {
				lost.textContent = say("lost");
			}
			if (!waiting.isConnected)
				show("", waiting, el("p", "", say("fixed")), lost);
			await wait(ASK);
		}
	};

	// ---- the turns: what each press of the space bar shows -----------------------

	/** Coupons passed over before each win, by prize and k; the screen can do without. */
	const passed = async () => {
		const map = new Map();
		let text = "";
		try {
			const reply = await fetch(root.dataset.transcript);
			text = reply.ok ? await reply.text() : "";
		} catch { /* the network died: winners are known, the skips are not shown */ }
		for (const line of text.split("\n")) {
			const [prize, k, coupon, , what] = line.split("\t");
			if (what?.startsWith("skip"))
				map.set(prize, [...map.get(prize) ?? [], { k: Number(k), coupon, what }]);
		}
		return map;
	};

	const turnsOf = (prize, skips) => {
		const turns = [], many = prize.places > ONE_BY_ONE;
		let from = -1;
		if (!prize.winners.length)
			return [{ prize, undrawn: true }];
		for (let i = 0; i < prize.winners.length; i += many ? A_LIST : 1) {
			const won = prize.winners.slice(i, i + (many ? A_LIST : 1)), last = won.at(-1).k;
			turns.push({ prize, won, skips: skips.filter((s) => s.k > from && s.k < last) });
			from = last;
		}
		if (prize.winners.length < prize.places)
			turns.push({ prize, undrawn: true });
		return turns;
	};

	/** What happened since, shown like a turn: its coupon follows from another seed. */
	const turnOf = (x) => ({ since: x, prize: { title: x.title, places: x.places },
		won: x.card ? [{ place: x.place, coupon: x.coupon, card: x.card }] : [], skips: [] });

	// ---- the wheel -----------------------------------------------------------------

	const svg = (tag, attributes, ...inside) => {
		const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
		for (const [k, v] of Object.entries(attributes))
			e.setAttribute(k, v);
		e.append(...inside);
		return e;
	};

	class Wheel {
		constructor(coupons) {
			this.coupons = Number(coupons);
			this.at = 0;
			const n = Math.max(2, Math.min(SLICES, this.coupons)), a = 2 * Math.PI / n;
			const spot = (r, t) => `${(r * Math.sin(t)).toFixed(2)} ${(-r * Math.cos(t)).toFixed(2)}`;
			this.disc = svg("svg", { viewBox: "-104 -104 208 208", class: "disc", "aria-hidden": "true" });
			for (let i = 0; i < n; i++) {
				this.disc.append(svg("path", { class: i % 2 ? "nila" : "soga",
					d: `M0 0L${spot(100, i * a)}A100 100 0 0 1 ${spot(100, (i + 1) * a)}Z` }));
				this.disc.append(svg("text", { transform: `rotate(${(i + .5) * 360 / n - 90}) translate(90 2.4)`,
					"text-anchor": "end" }, number(Math.floor(i * this.coupons / n))));
			}
			this.disc.append(svg("circle", { class: "rim", r: 101 }), svg("circle", { class: "hub", r: 26 }));
			for (let i = 0; i < 4; i++)	// a kawung, the old sign of one fruit cut across
				this.disc.append(svg("ellipse", { class: "leaf", rx: 5.4, ry: 10.5,
					transform: `rotate(${45 + 90 * i}) translate(0 -12.5)` }));
			this.box = el("div", "wheel", this.disc);
		}

		/** Which coupon is under the hand now. */
		under() {
			const m = new DOMMatrix(getComputedStyle(this.disc).transform);
			const turn = (Math.atan2(m.b, m.a) / (2 * Math.PI) + 1) % 1;
			return Math.min(this.coupons - 1, Math.floor((1 - turn) % 1 * this.coupons));
		}

		/** Turns until that coupon is under the hand; a press ends it at once. */
		async to(coupon, ms, each) {
			const goal = -360 * (Number(coupon) + .5) / this.coupons;
			const end = goal - 360 * Math.ceil((goal - this.at) / 360) - (ms > PASS ? 1440 : 720);
			this.disc.dataset.coupon = coupon;
			if (ms && !calm.matches) {
				this.run = this.disc.animate([{ transform: `rotate(${this.at}deg)` },
					{ transform: `rotate(${end}deg)` }], { duration: ms, easing: "cubic-bezier(.15,.6,.1,1)", fill: "forwards" });
				let running = true;
				const roll = () => running && (each(this.under()), requestAnimationFrame(roll));
				roll();
				await this.run.finished.catch(() => {});
				running = false;
			}
			this.at = goal;
			this.disc.style.transform = `rotate(${goal}deg)`;
			this.run?.cancel();
			this.run = undefined;
			each(coupon);
		}

		hurry() {
			this.run?.finish();
		}
	}

	// ---- the show ---------------------------------------------------------------------

	class Show {
		constructor({ coupons, prizes, after = [] }, skips) {
			this.wheel = new Wheel(coupons);
			this.prizes = prizes;
			this.after = after.map(turnOf);
			this.turns = [...prizes.flatMap((p) => turnsOf(p, skips.get(p.code) ?? [])), ...this.after];
			this.at = -1;
			this.busy = false;
		}

		title(turn) {
			const first = turn.won?.[0]?.place ?? 1;
			const which = turn.prize.places > 1 && turn.won?.length === 1 ?
				el("small", "", say("place", number(first), number(turn.prize.places))) : "";
			const since = turn.since ? el("small", "", `${say("since")} ${turn.since.n}. ${say("struck", turn.since.was)}`) : "";
			return el("p", "prize", turn.prize.title, which, since);
		}

		rows(list, cls = "won") {
			return el("ol", cls, ...list.map(({ prize, won }) => el("li", "", el("span", "", prize.title),
				el("b", "", number(won.coupon)), el("span", "", `${say("card", won.card)}${won.gone ? ` · ${say("gone")}` : ""}`))));
		}

		async one(turn, still) {
			const [won] = turn.won, digits = el("span", "", "…"), note = el("p", "passed");
			const mask = el("p", "mask", el("small", "", say("winner")), won.card);
			const told = el("div", "told", this.title(turn), el("p", "rolling", el("small", "", say("coupon")), digits), note, mask);
			show("spin", this.wheel.box, told);
			const roll = (n) => {
				digits.textContent = number(n);
			};
			for (const s of still ? [] : turn.skips) {
				note.textContent = "";
				await this.wheel.to(s.coupon, PASS, roll);
				note.textContent = say(s.what);
				await wait(calm.matches ? 0 : 1800);
			}
			note.textContent = won.gone ? say("gone") : "";
			await this.wheel.to(won.coupon, still ? 0 : SPIN, roll);
			told.classList.add("out");
			spoken.textContent = `${turn.prize.title}. ${say("coupon")} ${number(won.coupon)}. ${say("card", won.card)}`;
		}

		many(turn) {
			const left = turn.skips.length ? el("p", "passed", say("skipped", number(turn.skips.length))) : "";
			show("", this.title(turn), this.rows(turn.won.map((won) => ({ prize: { title: say("place",
				number(won.place), number(turn.prize.places)) }, won }))), left);
			spoken.textContent = `${turn.prize.title}. ${turn.won.map((w) => say("card", w.card)).join(", ")}`;
		}

		end() {
			const all = this.prizes.flatMap((prize) => [...prize.winners.filter((won) => !won.gone),
				...this.after.filter((t) => t.since.stands && t.since.code === prize.code).map((t) => t.won[0])]
				.map((won) => ({ prize, won })));
			show("", el("p", "prize", say("end")), this.rows(all.slice(0, AT_END), "won all"),
				all.length > AT_END ? el("p", "", say("more", number(all.length))) : "");
			spoken.textContent = say("end");
		}

		async play(still) {
			const turn = this.turns[this.at];
			root.dataset.turn = this.at;
			this.busy = true;
			root.dataset.busy = "";
			if (!turn)
				this.end();
			else if (turn.since && !turn.won.length)
				show("", this.title(turn), el("p", "big", say(turn.since.kind === "returned" ? "returned" :
					turn.since.ran ? "undrawn" : "waits")));
			else if (turn.undrawn)
				show("", this.title(turn), el("p", "big", say("undrawn")));
			else if (!turn.since && (turn.won.length > 1 || turn.prize.places > ONE_BY_ONE))
				this.many(turn);
			else
				await this.one(turn, still);
			this.busy = false;
			delete root.dataset.busy;
		}

		press(what) {
			if (this.busy)
				return what === "next" && this.wheel.hurry();
			if (what === "next" && this.at < this.turns.length)
				this.at++;
			else if (what === "back" && this.at > 0)
				this.at--;
			else if (what === "next" || what === "back" || this.at < 0)
				return undefined;
			return this.play(what === "back");
		}
	}

	// a presenter's remote control sends PageDown and PageUp
	const bound = { " ": "next", Enter: "next", ArrowRight: "next", PageDown: "next",
		ArrowLeft: "back", PageUp: "back", r: "again", R: "again", f: "full", F: "full" };

	const full = () => document.fullscreenElement ? document.exitFullscreen() :
		document.documentElement.requestFullscreen?.().catch(() => {});

	let stage;
	const press = (what) => what === "full" ? full() : stage?.press(what);

	addEventListener("keydown", (e) => {
		const what = bound[e.key];
		if (!what || e.ctrlKey || e.metaKey || e.altKey || e.repeat)
			return;
		// a focused button or link is pressed by Enter and space itself
		if ((e.key === "Enter" || e.key === " ") && e.target.closest("a, button"))
			return;
		e.preventDefault();
		press(what);
	});
	keys.addEventListener("click", (e) => {
		const button = e.target.closest("button");
		if (e.detail)	// by mouse or finger: the space bar stays "next"
			button?.blur();
		press(button?.dataset.key);
	});

	// the screen of a laptop stays on; where that is refused, it is as before
	const awake = () => navigator.wakeLock?.request("screen").catch(() => {});
	document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && awake());
	awake();

	const turning = [...keys.querySelectorAll("[data-key=next], [data-key=again]")];

	const go = async () => {
		keys.hidden = false;
		turning.forEach((b) => (b.hidden = true));	// nothing to turn yet
		if (Number(root.dataset.left) > 0)
			await countdown(Number(root.dataset.left));
		const now = await result();
		if (now.state === "annulled") {
			show("", el("p", "big", say("annulled")), el("p", "", say("annulled-say")));
			spoken.textContent = say("annulled");
			return;
		}
		stage = new Show(now, await passed());
		turning.forEach((b) => (b.hidden = false));
		root.dataset.ready = stage.turns.length;
		show("", el("p", "big", say("ready")), el("p", "", say("press")));
		spoken.textContent = say("ready");
	};
	go();
}
