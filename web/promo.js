// The catalogue of promotions: "near me", and the map of venues.  Both are
// comforts: without this file venues are chosen from lists.
{
	const near = document.querySelector("[data-near]");
	if (near && navigator.geolocation) {
		near.hidden = false;
		near.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
			// three digits are a hundred metres: enough for a market, too little for a house
			({ coords: c }) => {
				location.href = near.dataset.near + encodeURIComponent(
					`${c.latitude.toFixed(3)},${c.longitude.toFixed(3)}`);
			},
			() => {
				near.textContent = near.dataset.fail;
				near.disabled = true;
			}, { maximumAge: 600000, timeout: 10000 }));
	}

	const box = document.querySelector("[data-map]");
	const show = document.querySelector("[data-show-map]");

	const load = (tag, props) => {
		return new Promise((done, fail) => {
			const el = Object.assign(document.createElement(tag), props);
			el.onload = done;
			el.onerror = fail;
			document.head.append(el);
		});
	};

	const draw = async () => {
		show.hidden = true;
		await Promise.all([...box.dataset.css.split(" ").map((href) => load("link", { rel: "stylesheet", href })),
			load("script", { src: box.dataset.map })]);
		box.hidden = false;
		const map = L.map(box, { attributionControl: Boolean(box.dataset.tiles) });
		map.attributionControl?.setPrefix(false);
		if (box.dataset.tiles)
			L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.by }).addTo(map);
		// a number on the map is the number in the list below
		const dots = [...document.querySelectorAll("[data-lat]")].map((a, i) => {
			const words = document.createElement("a");
			words.href = a.href;
			words.textContent = a.innerText;
			return L.marker([a.dataset.lat, a.dataset.lon], { title: a.querySelector("b").textContent,
				icon: L.divIcon({ className: "dot", html: String(i + 1), iconSize: [28, 28] }) })
				.bindPopup(words).addTo(map);
		});
		map.fitBounds(L.featureGroup(dots).getBounds().pad(0.15), { maxZoom: 16 });
	};

	if (box && show) {
		show.hidden = false;
		show.addEventListener("click", draw);
		if (!navigator.connection?.saveData && !/2g/.test(navigator.connection?.effectiveType))
			draw().catch(() => { show.hidden = false; });
	}
}
