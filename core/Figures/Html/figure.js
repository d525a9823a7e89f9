'use strict';
// Values at the pointer, zoom, and turning of clouds, for a figure that gptx wrote. Everything it needs is on the page.
(() => {
    const data = JSON.parse(document.getElementById('data').textContent);
    const svg = document.querySelector('#figure svg');
    const note = document.getElementById('note');
    const whole = svg.getAttribute('viewBox').split(' ').map(Number);
    let view = [...whole];
    let drag = null;
    svg.tabIndex = 0;

    const show = () => svg.setAttribute('viewBox', view.join(' '));
    const point = event => {
        const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
        return [at.x, at.y];
    };
    const inside = ([x, y], [left, top, width, height]) => x >= left && x < left + width && y >= top && y < top + height;

    const zoom = (factor, [x, y]) => {
        const width = Math.min(whole[2], Math.max(whole[2] / 200, view[2] * factor));
        const share = width / view[2];
        view = [x - (x - view[0]) * share, y - (y - view[1]) * share, width, view[3] * share];
        show();
    };
    const move = (x, y) => { view = [view[0] + x, view[1] + y, view[2], view[3]]; show(); };
    const reset = () => { view = [...whole]; show(); clouds.forEach(cloud => cloud.reset()); };

    // A name of a row or column: its place, and its label where it has one.
    const named = (what, labels, index) => labels.length ? `${what} ${index}: ${labels[index]}` : `${what} ${index}`;
    const ofGrid = (at, grid) => {
        const [rows, columns] = grid.size;
        const row = Math.floor((at[1] - grid.place[1]) / grid.place[3] * rows);
        const column = Math.floor((at[0] - grid.place[0]) / grid.place[2] * columns);
        if (row < 0 || row >= rows || column < 0 || column >= columns) return null;
        const value = grid.values[row][column] ?? 'none';
        const lines = [named(grid.row, grid.rows, row), named(grid.column, grid.columns, column), `${grid.value}: ${value}`];
        if (grid.texts) lines.unshift(grid.texts[row][column]);
        if (grid.title) lines.unshift(grid.title);
        return lines.join('\n');
    };
    const nearest = (at, marks) => {
        let best = null, least = Infinity;
        for (const mark of marks) {
            if (!inside(at, mark.place)) continue;
            const [x, y, width, height] = mark.place;
            const distance = (at[0] - x - width / 2) ** 2 + (at[1] - y - height / 2) ** 2;
            if (distance < least) [best, least] = [mark, distance];
        }
        return best && best.text;
    };
    const told = at => {
        const grid = data.grids.find(each => inside(at, each.place));
        if (grid) return ofGrid(at, grid);
        const cloud = clouds.find(each => inside(at, each.place));
        return nearest(at, cloud ? cloud.marks() : data.marks);
    };
    const tell = event => {
        const text = told(point(event));
        note.hidden = !text;
        if (!text) return;
        note.textContent = text;
        const { width, height } = note.getBoundingClientRect();
        note.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 4))}px`;
        note.style.top = `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18}px`;
    };

    // Space as SpaceView of the library sees it: turned about the upright axis, then tilted.
    const edges = [];
    for (const a of [-1, 1]) for (const b of [-1, 1]) edges.push([[-1, a, b], [1, a, b]], [[a, -1, b], [a, 1, b]], [[a, b, -1], [a, b, 1]]);
    const ends = [[0, -1.12, -1.12], [-1.12, 0, -1.12], [-1.12, -1.12, 0]];
    const made = (name, attributes, text) => {
        const element = document.createElementNS('http://www.w3.org/2000/svg', name);
        for (const key in attributes) element.setAttribute(key, attributes[key]);
        if (text) element.textContent = text;
        return element;
    };
    const makeCloud = (cloud, index) => {
        const group = document.getElementById(`cloud${index}`);
        const [left, top, width, height] = cloud.place;
        let { azimuth, elevation } = cloud, seen = [];
        const project = ([x, y, z]) => {
            const [turn, tilt] = [azimuth * Math.PI / 180, elevation * Math.PI / 180];
            const [st, ct, sl, cl] = [Math.sin(turn), Math.cos(turn), Math.sin(tilt), Math.cos(tilt)];
            return [left + width / 2 + cloud.scale * (x * ct + y * st), top + height / 2 - cloud.scale * (z * cl + (y * ct - x * st) * sl), (x * st - y * ct) * cl + z * sl];
        };
        const look = () => { seen = cloud.points.map(each => [...project(each), each[3], each[4]]); };
        const radius = depth => 3.4 + 0.9 * Math.max(-1.75, Math.min(1.75, depth));
        const draw = () => {
            look();
            const parts = edges.map(([from, to]) => {
                const [a, b] = [project(from), project(to)];
                return made('path', { class: 'grid', d: `M${a[0]} ${a[1]}L${b[0]} ${b[1]}` });
            });
            cloud.names.forEach((name, axis) => {
                const [x, y] = project(ends[axis]);
                parts.push(made('text', { class: 'small muted', 'text-anchor': 'middle', x, y: y + 4 }, name));
            });
            const order = [...seen].sort((a, b) => a[2] - b[2]);
            for (const [x, y, depth, colour] of order) parts.push(made('circle', { class: `g${colour % 8}`, cx: x, cy: y, r: radius(depth) }));
            group.replaceChildren(...parts);
            label();
        };
        // Near points are labelled first; a label that would cover another is left out.
        const label = () => {
            const taken = [];
            for (const [x, y, depth, , text] of [...seen].sort((a, b) => b[2] - a[2])) {
                if (!text) continue;
                const box = [x + 6, y - 7, text.length * 6.4 + 2, 13];
                if (taken.some(other => box[0] < other[0] + other[2] && other[0] < box[0] + box[2] && box[1] < other[1] + other[3] && other[1] < box[1] + box[3])) continue;
                taken.push(box);
                group.append(made('text', { class: 'label halo', x: x + radius(depth) + 2, y: y + 4 }, text));
            }
        };
        look();
        return {
            place: cloud.place,
            turn: (x, y) => { azimuth -= x; elevation = Math.max(-90, Math.min(90, elevation + y)); draw(); },
            reset: () => { ({ azimuth, elevation } = cloud); draw(); },
            marks: () => seen.filter(each => each[4]).map(([x, y, , , text], i) => ({ place: [x - 6, y - 6, 12, 12], text })),
        };
    };
    const clouds = data.clouds.map(makeCloud);

    svg.addEventListener('wheel', event => { event.preventDefault(); zoom(event.deltaY < 0 ? 1 / 1.15 : 1.15, point(event)); }, { passive: false });
    svg.addEventListener('pointerdown', event => {
        const at = point(event);
        drag = { at, x: event.clientX, y: event.clientY, cloud: clouds.find(each => inside(at, each.place)) };
        svg.setPointerCapture(event.pointerId);
        note.hidden = true;
    });
    svg.addEventListener('pointermove', event => {
        if (!drag) return tell(event);
        if (drag.cloud && !event.shiftKey) {
            drag.cloud.turn((event.clientX - drag.x) * 0.5, (event.clientY - drag.y) * 0.5);
            [drag.x, drag.y] = [event.clientX, event.clientY];
        } else {
            const [x, y] = point(event);
            move(drag.at[0] - x, drag.at[1] - y);
        }
    });
    svg.addEventListener('pointerup', () => { drag = null; });
    svg.addEventListener('pointerleave', () => { note.hidden = true; });
    svg.addEventListener('dblclick', reset);
    document.addEventListener('keydown', event => {
        const middle = [view[0] + view[2] / 2, view[1] + view[3] / 2], step = view[2] / 20;
        const keys = {
            '+': () => zoom(1 / 1.25, middle), '=': () => zoom(1 / 1.25, middle), '-': () => zoom(1.25, middle), '0': reset,
            ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
        };
        if (keys[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); keys[event.key](); }
    });
})();
