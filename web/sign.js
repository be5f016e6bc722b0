// A signature drawn on the screen, where a photograph of signed paper is asked
// for.  It becomes a small PNG in that very field, so the form is sent as it
// always was.  Whoever draws with nothing, or has no script, uploads instead.
for (const box of document.querySelectorAll("[data-sign]")) {
	const file = box.closest("form").elements[box.dataset.sign];
	const redo = box.querySelector("[data-redo]"), done = box.querySelector("[data-done]");
	const WIDTH = 900, HEIGHT = 300, LEAST = 60;	// a dot is no signature
	const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
	let last = null, length = 0;

	const clear = () => {
		pen.fillStyle = "#fff";
		pen.fillRect(0, 0, WIDTH, HEIGHT);
		length = 0;
		redo.hidden = done.hidden = true;
	};

	const drop = () => {
		file.value = "";
		clear();
	};

	const spot = (e) => {
		const r = canvas.getBoundingClientRect();
		return [(e.clientX - r.left) * WIDTH / r.width, (e.clientY - r.top) * HEIGHT / r.height];
	};

	const keep = () => canvas.toBlob((png) => {
		const list = new DataTransfer();
		list.items.add(new File([png], "tanda-tangan.png", { type: "image/png" }));
		file.files = list.files;
		redo.hidden = done.hidden = false;
	}, "image/png");

	canvas.width = WIDTH;
	canvas.height = HEIGHT;
	canvas.setAttribute("role", "img");
	canvas.setAttribute("aria-label", box.dataset.name);
	canvas.style.cssText = "display:block;width:100%;max-width:36rem;touch-action:none;border:2px dashed;border-radius:.5rem;background:#fff";

	canvas.addEventListener("pointerdown", (e) => {
		if (e.button !== 0)
			return;
		canvas.setPointerCapture(e.pointerId);
		last = spot(e);
		e.preventDefault();
	});
	canvas.addEventListener("pointermove", (e) => {
		if (!last)
			return;
		for (const step of e.getCoalescedEvents?.() ?? [e]) {
			const [x, y] = spot(step);
			length += Math.hypot(x - last[0], y - last[1]);
			pen.lineWidth = 5;
			pen.lineCap = "round";
			pen.strokeStyle = "#10203c";
			pen.beginPath();
			pen.moveTo(...last);
			pen.lineTo(x, y);
			pen.stroke();
			last = [x, y];
		}
	});
	const up = () => {
		if (last && length >= LEAST)
			keep();
		last = null;
	};
	canvas.addEventListener("pointerup", up);
	canvas.addEventListener("pointercancel", up);
	redo.addEventListener("click", drop);
	file.addEventListener("change", clear);	// a photograph was chosen: it counts

	if (window.DataTransfer && canvas.toBlob) {
		box.querySelector("[data-canvas]").append(canvas);
		clear();
		box.hidden = false;
	}
}
