/*
 * What the pages of the desk do beyond plain HTML.
 *
 * Every page works without this file: each function is a form to post or a link to follow. With it
 * the work is quicker and nothing is lost on the way: files go up while the agent types, what is
 * typed is kept as a draft, and a lost connection or session is said calmly and made good.
 *
 * Reading order: the limits, the start, the small helps of every page and of edit forms, then the
 * Case Information form (owner, notification, customer search, draft, files, save), the workbench, then what
 * these share: the session, the talk with the server, elements and words.
 *
 * An enhancement that fails leaves its piece of the page as plain HTML; the others go on.
 */
'use strict';

(() => {
    /* ---- Limits; times in milliseconds ------------------------------------------------------ */

    /** Quiet time after the last change before a draft is saved. */
    const AUTOSAVE_PAUSE = 1500;
    /** Somebody who types without a pause is saved this often. */
    const AUTOSAVE_LONGEST = 15000;
    /** Waits between tries of a failing save; the last one repeats. */
    const RETRY_WAITS = [2000, 4000, 8000, 15000, 30000, 60000];
    /** A save or search without an answer for so long has failed. */
    const ANSWER_LIMIT = 20000;
    /** An upload that moved no byte, or got no answer, for so long has failed. */
    const STALL_LIMIT = 60000;
    /** "Saving…" is shown for saves that take longer than this. */
    const QUIET_SAVE = 400;
    /** Typing pauses before a search is sent. */
    const SEARCH_PAUSE = 150;
    /** Typing pauses before the text of a notification is written anew. */
    const PREVIEW_PAUSE = 500;
    /** Typing pauses before a count is spoken. */
    const SPEAK_PAUSE = 1000;
    /** Share of a field's limit from which its count is spoken. */
    const SPEAK_FROM = 0.9;
    /** A second submit of the same form within this time is the same click. */
    const SAME_CLICK = 8000;
    /** Browsers let 64 KiB of bodies outlive a page; multipart frames take their share. */
    const KEEPALIVE_BYTES = 48 * 1024;
    /** News of an import that is under way; after a lost answer it is asked less often. */
    const IMPORT_NEWS = 1000;
    const IMPORT_NEWS_LATER = 10000;
    /** Rows shown for refused files of one choice: a dropped folder must not flood the page. */
    const REFUSED_ROWS = 10;
    /** Between two looks for new messages: soon enough for a chat, seldom enough for many agents. */
    const FOLLOW_PAUSE = 4000;
    /** Pixels from the end of a conversation that still count as its end. */
    const AT_END = 60;

    /* ---- Start ------------------------------------------------------------------------------ */

    function start() {
        document.documentElement.classList.add('has-script');
        attempt(focusMessage);
        attempt(guardDoubleSubmit);
        attempt(tellRelativeTimes);
        attempt(followImport);
        for (const info of document.querySelectorAll('[data-count-for]')) {
            attempt(countCharacters, info);
        }
        for (const boxes of document.querySelectorAll('.boxes[data-filter]')) {
            attempt(filterBoxes, boxes);
        }
        for (const note of document.querySelectorAll('[data-conflict-for]')) {
            attempt(offerTheirs, note);
        }
        const items = document.querySelectorAll('[aria-labelledby^="part-item_"]');
        if (items.length > 0) attempt(arrangeItems, [...items]);
        const live = document.querySelector('form[data-live]');
        if (live) attempt(searchLive, live);
        for (const boxes of document.querySelectorAll('.boxes:has([data-implies])')) {
            attempt(tickImplied, boxes);
        }
        const form = document.getElementById('case-form');
        if (form) startCaseForm(form);
        const bench = document.querySelector('.bench');
        if (bench) startBench(bench, form);
    }

    /** The parts of the form in the order of the page; one that fails is absent for the others. */
    function startCaseForm(form) {
        attempt(tellDeadline, form);
        attempt(followAssignment, form);
        attempt(followCustomer, form);
        attempt(previewNotifications, form);
        attempt(searchCustomers, form);
        const session = attempt(() => new Session(form));
        const draft = session && attempt(() => new Draft(form, session));
        const files = session && attempt(() => new Files(form, session));
        attempt(saveCalmly, form, draft, files);
    }

    /** The workbench: choosing a type in place, what came from the conversation, and what is new. */
    function startBench(bench, form) {
        attempt(showNewest, bench);
        attempt(chooseTypeInPlace, form);
        const sources = form && attempt(() => new Sources(form));
        if (bench.dataset.follow) attempt(() => new Follower(bench, form, sources));
    }

    /** The result of an enhancement, or undefined when it failed. */
    function attempt(enhancement, ...subjects) {
        try {
            return enhancement(...subjects);
        } catch (error) {
            console.error(error);
            return undefined;
        }
    }

    /* ---- Every page ------------------------------------------------------------------------- */

    /** After a post, the first thing to read is what came of it. */
    function focusMessage() {
        const summary = document.getElementById('error-summary');
        (summary ?? document.getElementById('notice'))?.focus();
        summary?.addEventListener('click', (event) => {
            const link = event.target.closest('a[href^="#"]');
            const control = link && document.getElementById(link.hash.slice(1));
            if (!control) return;
            event.preventDefault();
            (control.closest('.field, .check') ?? control).scrollIntoView({ block: 'nearest' });
            control.focus({ preventScroll: control.matches('[type=file]') });
        });
    }

    /**
     * Lets the first submit of a form pass and drops its double click.
     *
     * Nothing is disabled for good: a page that comes back from history can submit at once, one
     * whose post was stopped after a moment; the server answers a repeated save with the case
     * that exists.
     */
    function guardDoubleSubmit() {
        let submitted = new WeakMap();
        document.addEventListener('submit', (event) => {
            if (event.defaultPrevented || event.target.method !== 'post') return;
            const now = performance.now();
            if (now - (submitted.get(event.target) ?? -SAME_CLICK) < SAME_CLICK) {
                event.preventDefault();
            } else {
                submitted.set(event.target, now);
            }
        });
        window.addEventListener('pageshow', () => { submitted = new WeakMap(); });
    }

    /** An import that is under way moves its bar; when it is over the page shows the receipt. */
    function followImport() {
        const part = document.getElementById('import-progress');
        if (!part) return;
        const bar = document.getElementById('import-bar');
        const text = document.getElementById('import-text');
        document.getElementById('reload').hidden = true;
        const ask = async () => {
            let pause = IMPORT_NEWS;
            try {
                const answer = await fetch(part.dataset.address, {
                    headers: { Accept: 'application/json' },
                    credentials: 'same-origin',
                    signal: AbortSignal.timeout(ANSWER_LIMIT),
                });
                /* Logged out: the page itself says so. */
                if (answer.redirected) return location.reload();
                const news = await answer.json();
                if (!answer.ok) throw new Error(news.error);
                bar.value = news.done;
                text.textContent = news.text;
                if (news.state !== 'running') return location.reload();
            } catch {
                pause = IMPORT_NEWS_LATER;
            }
            setTimeout(ask, pause);
        };
        setTimeout(ask, IMPORT_NEWS);
    }

    /** `<time data-relative>` reads "5 minutes ago"; the moment itself stays as its title. */
    function tellRelativeTimes() {
        const times = [...document.querySelectorAll('time[data-relative]')];
        if (times.length === 0) return;
        for (const time of times) time.title = time.textContent.trim();
        const tell = () => {
            for (const time of times) {
                const moment = Date.parse(time.dateTime);
                if (!Number.isNaN(moment)) time.textContent = relative(moment - Date.now());
            }
        };
        tell();
        setInterval(tell, 60000);
        /* On paper only the moment itself stays true. */
        window.addEventListener('beforeprint', () => {
            for (const time of times) time.textContent = time.title;
        });
        window.addEventListener('afterprint', tell);
    }

    /**
     * Shows "71 / 128" at once and speaks near the limit, after typing stops.
     *
     * The sentence with the limit stays what the field is described by. A character is a Unicode
     * code point after line ends are folded, as the server counts.
     */
    function countCharacters(info) {
        const control = document.getElementById(info.dataset.countFor);
        const limit = Number(info.dataset.limit);
        if (!control || !limit) return;
        const sentence = element('span', { class: 'visually-hidden' }, info.textContent.trim());
        const shown = element('span', { class: 'count', 'aria-hidden': 'true' });
        const spoken = element('span', { class: 'visually-hidden', 'aria-live': 'polite' });
        info.replaceChildren(sentence, shown);
        info.after(spoken);
        let pause;
        const count = () => {
            const length = characters(control.value);
            const over = length - limit;
            shown.textContent = over > 0
                ? `${number(over)} too many · ${number(length)} / ${number(limit)}`
                : `${number(length)} / ${number(limit)}`;
            shown.classList.toggle('is-over', over > 0);
            return over;
        };
        const speak = (over) => {
            const left = over > 0
                ? `You have ${plural(over, 'character')} too many`
                : `You have ${plural(-over, 'character')} left`;
            spoken.textContent = limit + over < limit * SPEAK_FROM ? '' : left;
        };
        control.addEventListener('input', () => {
            const over = count();
            clearTimeout(pause);
            pause = setTimeout(speak, SPEAK_PAUSE, over);
        });
        window.addEventListener('pageshow', count);
        count();
    }

    /* ---- Edit forms ------------------------------------------------------------------------- */

    /** A filter above a long group of check boxes; ticked ones stay in sight. */
    function filterBoxes(boxes) {
        const labels = [...boxes.querySelectorAll('label')];
        const id = `${labels[0]?.querySelector('input')?.name}-filter`;
        const filter = element('input', {
            type: 'search', class: 'form-control', id, autocomplete: 'off',
            'aria-label': `Filter ${boxes.dataset.filter}`, placeholder: 'Filter',
        });
        const count = element('span', { class: 'muted', role: 'status' });
        boxes.before(element('div', { class: 'boxes-filter' }, filter, count));
        const show = () => {
            const words = folded(filter.value).split(/\s+/).filter(Boolean);
            let shown = 0;
            for (const label of labels) {
                const ticked = label.querySelector('input').checked;
                const text = folded(label.textContent);
                label.hidden = !ticked && !words.every((word) => text.includes(word));
                if (!label.hidden) shown += 1;
            }
            const ticked = boxes.querySelectorAll(':checked').length;
            count.textContent = words.length > 0
                ? `${number(shown)} of ${number(labels.length)} shown, ${number(ticked)} ticked`
                : `${number(ticked)} of ${number(labels.length)} ticked`;
        };
        filter.addEventListener('input', show);
        filter.addEventListener('keydown', (event) => {
            if (event.key === 'Enter') event.preventDefault();
        });
        boxes.addEventListener('change', show);
        window.addEventListener('pageshow', show);
        show();
    }

    /** Ticks a box that others imply, says why, and keeps it ticked as long as they are. */
    function tickImplied(boxes) {
        const inputs = [...boxes.querySelectorAll('input')];
        const note = element('p', { class: 'hint implied-note', role: 'status' });
        boxes.after(note);
        boxes.addEventListener('change', () => {
            const because = new Map();
            for (const input of inputs.filter((one) => one.checked && one.dataset.implies)) {
                because.set(input.dataset.implies, input.closest('label'));
            }
            note.textContent = '';
            for (const input of inputs) {
                const cause = because.get(input.value);
                if (!cause || input.checked) continue;
                input.checked = true;
                input.dispatchEvent(new Event('change', { bubbles: true }));
                note.textContent = `${name(input.closest('label'))} is ticked, as `
                    + `${name(cause)} needs it`;
            }
        });
    }

    /** The words of a box, without what stands beside them. */
    function name(label) {
        return label.querySelector('span').firstChild.textContent.trim();
    }

    /** A button beside a field that two people changed: puts the other's text into the control. */
    function offerTheirs(note) {
        const name = note.dataset.conflictFor;
        const form = note.closest('form');
        const controls = [...form.elements].filter((control) => control.name === name);
        if (controls.length === 0) return;
        const mine = controls.map((control) => [control.checked, control.value]);
        const button = element(
            'button', { type: 'button', class: 'btn btn-sm btn-outline-secondary' }, 'Take theirs');
        let isTaken = false;
        button.addEventListener('click', () => {
            isTaken = !isTaken;
            const values = note.dataset.theirs.split('\n');
            for (const [index, control] of controls.entries()) {
                if (control.type === 'checkbox' || control.type === 'radio') {
                    control.checked = isTaken ? values.includes(control.value) : mine[index][0];
                } else {
                    control.value = isTaken ? note.dataset.theirs : mine[index][1];
                }
                control.dispatchEvent(new Event('input', { bubbles: true }));
                control.dispatchEvent(new Event('change', { bubbles: true }));
            }
            button.textContent = isTaken ? 'Back to yours' : 'Take theirs';
        });
        note.append(button);
    }

    /**
     * The items of an assignment rule: blank ones at the end are out of sight until they are asked
     * for, and each can change places with the one above, or go.
     *
     * What moves are the values: the items stay where they are, so nothing is announced twice.
     */
    function arrangeItems(items) {
        const controls = items.map((item) => [...item.querySelectorAll('select, input')]);
        const values = (index) => controls[index].map((control) => control.value);
        const isBlank = (index) => values(index).every((value) => value.trim() === '');
        const hasProblem = (index) => items[index].querySelector('.field-error, .conflict') !== null;
        /** An owner that is not offered any more stands in the list of its own item alone. */
        const offer = (select, value) => {
            if ([...select.options].some((option) => option.value === value)) return;
            const lists = controls.flat().filter((control) => control.options);
            const option = lists.flatMap((list) => [...list.options])
                .find((one) => one.value === value);
            if (option) select.append(option.cloneNode(true));
        };
        const put = (index, texts) => controls[index].forEach((control, place) => {
            if (control.options) offer(control, texts[place]);
            control.value = texts[place];
            control.dispatchEvent(new Event('input', { bubbles: true }));
        });
        const swap = (index, other) => {
            const [mine, theirs] = [values(index), values(other)];
            put(index, theirs);
            put(other, mine);
        };
        const status = element('p', { class: 'visually-hidden', role: 'status' });
        const button = (label, act) => {
            const made = element(
                'button', { type: 'button', class: 'btn btn-sm btn-outline-secondary' }, label);
            made.addEventListener('click', act);
            return made;
        };
        const more = button('Add an item', () => {
            const next = items.find((item) => item.hidden);
            next.hidden = false;
            next.querySelector('select').focus();
            more.hidden = items.every((item) => !item.hidden);
        });
        for (const [index, item] of items.entries()) {
            const row = element('div', { class: 'item-buttons' });
            if (index > 0) {
                row.append(button(`Move item ${index + 1} up`, () => {
                    swap(index, index - 1);
                    status.textContent = `Item ${index + 1} is item ${index} now`;
                    controls[index - 1][0].focus();
                }));
            }
            row.append(button(`Remove item ${index + 1}`, () => {
                for (let next = index; next + 1 < items.length; next += 1) swap(next, next + 1);
                put(items.length - 1, controls[0].map(() => ''));
                status.textContent = `Item ${index + 1} is removed`;
                controls[index][0].focus();
            }));
            item.append(row);
        }
        let last = items.length - 1;
        while (last > 0 && isBlank(last) && !hasProblem(last)) last -= 1;
        for (const [index, item] of items.entries()) item.hidden = index > last;
        more.id = 'add_item';
        more.hidden = items.every((item) => !item.hidden);
        items.at(-1).after(element('div', { class: 'item-more' }, more), status);
    }

    /** A text to compare by: without case and accents. */
    function folded(text) {
        return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    }

    /* ---- Lists ------------------------------------------------------------------------------ */

    /**
     * Searches while a word is typed; the place that the form names is filled anew.
     *
     * The list itself is asked for, by the address that the button would lead to, and that address becomes
     * the page's: reload, a link back and a copied address show what is seen. The first search makes one
     * step to go back by, those that follow take its place.
     */
    function searchLive(form) {
        const input = form.querySelector('input[type="search"]');
        const place = document.getElementById(form.dataset.live);
        if (!input || !place) return;
        const status = element('p', { class: 'visually-hidden', role: 'status' });
        form.after(status);
        let request;
        let pause;
        let speech;
        let shown = location.search;
        let hasStep = false;

        const say = (text) => {
            clearTimeout(speech);
            speech = setTimeout(() => { status.textContent = text; }, SPEAK_PAUSE);
        };
        const fill = (markup) => {
            const page = new DOMParser().parseFromString(markup, 'text/html');
            const found = page.getElementById(place.id);
            if (!found) return false;
            place.replaceChildren(...found.childNodes);
            const said = place.querySelectorAll(':scope > .hint, caption, h2');
            say([...said].map((one) => one.textContent.trim()).join('. '));
            return true;
        };
        /** Shows what an address of this list finds; the address is the caller's to keep. */
        const show = async (address) => {
            request?.abort('stale');
            const mine = request = new AbortController();
            const limit = setTimeout(() => mine.abort('slow'), ANSWER_LIMIT);
            try {
                const answer = await fetch(address, {
                    headers: { Accept: 'text/html' },
                    signal: mine.signal,
                });
                const markup = await answer.text();
                if (mine !== request) return;
                /* Logged out, or there is nothing to search in: the page itself says so. */
                if (!answer.ok || answer.redirected || !fill(markup)) location.assign(address);
            } catch (error) {
                if (error === 'stale') return;
                say('The search did not get through; try the button');
            } finally {
                clearTimeout(limit);
            }
        };
        const search = () => {
            clearTimeout(pause);
            const address = new URL(form.action);
            for (const [name, value] of new FormData(form)) {
                if (value.trim() !== '') address.searchParams.set(name, value.trim());
            }
            if (address.search === shown) return;
            shown = address.search;
            history[hasStep ? 'replaceState' : 'pushState'](null, '', address);
            hasStep = true;
            show(address);
        };
        input.addEventListener('input', (event) => {
            clearTimeout(pause);
            if (!event.isComposing) pause = setTimeout(search, SEARCH_PAUSE);
        });
        input.addEventListener('compositionend', search);
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            search();
        });
        window.addEventListener('popstate', () => {
            clearTimeout(pause);
            const address = new URL(location.href);
            shown = address.search;
            hasStep = false;
            input.value = address.searchParams.get('q') ?? '';
            show(address);
        });
    }

    /* ---- Deadline, owner, notification ------------------------------------------------------ */

    /**
     * Adds "in 2 days" to the hint.
     *
     * The control's value and its `min`, the server's now, are both wall-clock times of the
     * tenant's zone, so their difference needs no zone: read both as UTC.
     */
    function tellDeadline(form) {
        const control = form.elements.deadline;
        const hint = document.getElementById('deadline-hint');
        const now = Date.parse(`${control?.min}Z`);
        if (!hint || Number.isNaN(now)) return;
        const away = element('span', {});
        hint.append(away);
        const tell = () => {
            const moment = Date.parse(`${control.value}Z`);
            const difference = moment - now - performance.now();
            away.textContent = Number.isNaN(moment) ? '' : ` · ${relative(difference)}`;
        };
        control.addEventListener('input', tell);
        window.addEventListener('pageshow', tell);
        tell();
    }

    /**
     * Shows who can own the case for the mode that is chosen.
     *
     * What is out of question is hidden and disabled, so it is not sent; its values stay in the
     * controls and come back with the mode.
     */
    function followAssignment(form) {
        const section = document.getElementById('owner-section');
        const fields = {
            queue: document.getElementById('owner_queue-field'),
            agent: document.getElementById('owner_agent-field'),
        };
        if (!section || !fields.queue || !fields.agent) return;
        const claim = form.elements.claim;
        const show = () => {
            const manual = form.elements.assignment_mode.value !== 'auto';
            const type = form.elements.owner_type.value;
            const claimed = Boolean(claim?.checked);
            section.hidden = !manual;
            for (const control of section.querySelectorAll('input, select, textarea')) {
                control.disabled = !manual || (claimed && control !== claim);
            }
            for (const [name, field] of Object.entries(fields)) {
                const chosen = type === name || (type === '' && name === 'queue');
                field.hidden = !chosen;
                if (!chosen) field.querySelector('select').disabled = true;
            }
        };
        form.addEventListener('change', (event) => {
            if (['assignment_mode', 'owner_type', 'claim'].includes(event.target.name)) show();
        });
        window.addEventListener('pageshow', show);
        show();
    }

    /** Offers the notifications that the chosen customer can receive; says why not the others. */
    function followCustomer(form) {
        const customer = form.elements.customer;
        const channels = [
            { box: form.elements.notify_email, key: 'email', noun: 'e-mail address' },
            { box: form.elements.notify_sms, key: 'phone', noun: 'phone number' },
        ].filter(({ box }) => box);
        /** What the agent last wanted for each box; a customer without an address keeps it. */
        const wanted = new Map(channels.map(({ box }) => [box, box.checked]));
        const show = () => {
            const option = customer.selectedOptions[0];
            for (const { box, key, noun } of channels) {
                const address = option?.value ? option.dataset[key] : '';
                const isOff = box.dataset.off !== undefined;
                box.disabled = !address || isOff;
                box.checked = Boolean(address) && !isOff && wanted.get(box);
                const hint = document.getElementById(`${box.id}-hint`);
                if (!hint || isOff) continue;
                const reason = option?.value
                    ? `${customerName(option)} has no ${noun}`
                    : 'Choose a customer first';
                hint.textContent = address || reason;
            }
        };
        for (const { box } of channels) {
            box.addEventListener('change', () => wanted.set(box, box.checked));
        }
        customer.addEventListener('change', show);
        window.addEventListener('pageshow', show);
        show();
    }

    /**
     * Shows what the notifications will say as the server would write them, and what is known of the
     * addresses: for each chosen customer anew, and for other changes while a text is open.
     */
    function previewNotifications(form) {
        const field = document.getElementById('notify-field');
        const places = [...form.querySelectorAll('.told')];
        if (!field?.dataset.previewUrl || places.length === 0) return;
        const customer = form.elements.customer;
        const button = document.getElementById('preview');
        if (button) button.hidden = true;
        const names = field.dataset.previewOf.split(' ');
        let shown = customer.value;
        let isStale = false;
        let pause;
        let latest = 0;

        const isOpen = () => places.some((place) => place.querySelector('details[open]'));
        const clear = () => {
            for (const place of places) {
                const note = element('span', { class: 'hint', id: place.id.replace(/told$/, 'note') });
                place.replaceChildren(note);
            }
        };
        const fill = (page) => {
            for (const place of places) {
                const fresh = page.getElementById(place.id);
                if (!fresh) continue;
                const wasOpen = place.querySelector('details[open]') !== null;
                place.replaceChildren(...document.importNode(fresh, true).childNodes);
                const text = place.querySelector('details');
                if (text) text.open = wasOpen;
                const id = place.id.replace(/told$/, 'hint');
                const hint = document.getElementById(id);
                const told = page.getElementById(id);
                const isOff = hint?.closest('.check')?.querySelector('[data-off]');
                if (hint && told && !isOff) hint.textContent = told.textContent;
            }
        };
        const show = async () => {
            clearTimeout(pause);
            const mine = latest += 1;
            shown = customer.value;
            isStale = false;
            if (shown === '') {
                clear();
                return;
            }
            const address = new URL(field.dataset.previewUrl, location.href);
            for (const name of names) {
                const control = form.elements[name];
                const isUnticked = control?.type === 'checkbox' && !control.checked;
                if (control?.value && !isUnticked) address.searchParams.set(name, control.value);
            }
            const page = await readDocument(address);
            if (mine !== latest) return;
            if (page) fill(page);
            else clear();
        };
        const soon = (event) => {
            if (!names.includes(event.target.name)) return;
            clearTimeout(pause);
            isStale = true;
            const isOther = customer.value !== shown;
            if (isOther) clear();
            if (isOther || isOpen()) pause = setTimeout(show, isOther ? 0 : PREVIEW_PAUSE);
        };
        form.addEventListener('input', soon);
        form.addEventListener('change', soon);
        /* What was typed while a text was closed is in it when it opens; the event does not bubble. */
        field.addEventListener('toggle', (event) => {
            if (event.target.open && isStale) show();
        }, true);
        window.addEventListener('pageshow', (event) => {
            if (event.persisted || customer.value !== shown) show();
        });
    }

    function customerName(option) {
        return option.dataset.name || option.textContent.trim();
    }

    /* ---- Customer search -------------------------------------------------------------------- */

    /**
     * Suggests customers while a name is typed (ARIA combobox with a listbox).
     *
     * Choosing one selects it in the drop-down, which stays the field that is sent. The button
     * Find customer stays beside it and asks the server with a plain post.
     */
    function searchCustomers(form) {
        const place = form.querySelector('.customer-search');
        const input = place?.querySelector('input');
        if (!input) return;
        const list = element('ul', {
            id: `${input.id}-list`,
            class: 'suggestions',
            role: 'listbox',
            'aria-label': 'Customers',
            hidden: '',
        });
        const status = element('div', { class: 'hint', role: 'status' });
        place.append(list, status);
        setAttributes(input, {
            role: 'combobox',
            'aria-autocomplete': 'list',
            'aria-expanded': 'false',
            'aria-controls': list.id,
        });
        let found = [];
        let active = -1;
        let pause;
        let request;

        const highlight = (index) => {
            active = index;
            [...list.children].forEach((option, at) => {
                option.setAttribute('aria-selected', String(at === index));
                if (at === index) option.scrollIntoView({ block: 'nearest' });
            });
            if (index < 0) input.removeAttribute('aria-activedescendant');
            else input.setAttribute('aria-activedescendant', list.children[index].id);
        };
        const open = (isOpen) => {
            list.hidden = !isOpen;
            input.setAttribute('aria-expanded', String(isOpen));
            if (!isOpen) highlight(-1);
        };
        const show = (customers) => {
            found = customers;
            list.replaceChildren(...customers.map((customer, at) => {
                const detail = element('span', { class: 'muted' }, customer.detail ?? '');
                const option = element('li', { id: `${list.id}-${at}`, role: 'option' });
                option.append(customer.name, detail);
                return option;
            }));
            highlight(-1);
            open(customers.length > 0 && document.activeElement === input);
        };
        const choose = (customer) => {
            selectCustomer(form.elements.customer, customer);
            input.value = '';
            show([]);
            status.textContent = `${customer.name} is chosen`;
        };
        const search = async () => {
            clearTimeout(pause);
            request?.abort('stale');
            const text = input.value.trim();
            if (text === '') {
                show([]);
                status.textContent = '';
                return;
            }
            const mine = request = new AbortController();
            const limit = setTimeout(() => mine.abort('slow'), ANSWER_LIMIT);
            const address = new URL(place.dataset.searchUrl, location.href);
            address.searchParams.set('q', text);
            try {
                const answer = await fetch(address, {
                    headers: { Accept: 'application/json' },
                    signal: mine.signal,
                });
                if (!answer.ok) throw new Error(`status ${answer.status}`);
                const customers = await answer.json();
                if (mine !== request) return;
                show(customers);
                status.textContent = customers.length === 0
                    ? 'No customer matches' : `${plural(customers.length, 'customer')} found`;
            } catch (error) {
                if (mine !== request || mine.signal.reason === 'stale') return;
                show([]);
                status.textContent = 'The search did not answer. Use the button Find customer.';
            } finally {
                clearTimeout(limit);
            }
        };
        input.addEventListener('input', () => {
            clearTimeout(pause);
            pause = setTimeout(search, SEARCH_PAUSE);
        });
        input.addEventListener('keydown', (event) => {
            if (event.isComposing || event.ctrlKey || event.metaKey) return;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step && found.length > 0) {
                event.preventDefault();
                if (list.hidden) open(true);
                highlight(active < 0 && step < 0
                    ? found.length - 1 : (active + step + found.length) % found.length);
            } else if (step) {
                event.preventDefault();
                search();
            } else if (event.key === 'Enter') {
                event.preventDefault();
                if (active >= 0) choose(found[active]);
                else search();
            } else if (event.key === 'Escape' && !list.hidden) {
                event.preventDefault();
                open(false);
            }
        });
        list.addEventListener('mousedown', (event) => event.preventDefault());
        list.addEventListener('click', (event) => {
            const at = [...list.children].indexOf(event.target.closest('[role=option]'));
            if (at >= 0) choose(found[at]);
        });
        input.addEventListener('blur', () => open(false));
    }

    function selectCustomer(select, customer) {
        let option = [...select.options].find(({ value }) => value === String(customer.id));
        if (!option) {
            const text = customer.detail ? `${customer.name} · ${customer.detail}` : customer.name;
            option = select.appendChild(element('option', { value: customer.id }, text));
        }
        Object.assign(option.dataset, {
            name: customer.name, email: customer.email ?? '', phone: customer.phone ?? '',
        });
        option.selected = true;
        select.dispatchEvent(new Event('change', { bubbles: true }));
    }

    /* ---- Draft ------------------------------------------------------------------------------ */

    /** Keeps what is typed on the server, some quiet time after each change, one save at a time. */
    class Draft {
        /** Changes made, and the changes that the server has confirmed. */
        changes = 0;
        saved = 0;
        failures = 0;
        stopped = false;
        sending = false;

        constructor(form, session) {
            this.form = form;
            this.session = session;
            this.status = document.getElementById('draft-status');
            const note = (event) => this.note(event.target);
            form.addEventListener('input', note);
            form.addEventListener('change', note);
            document.addEventListener('visibilitychange', () => {
                if (document.visibilityState === 'hidden') this.save();
            });
            window.addEventListener('online', () => this.save());
            window.addEventListener('pageshow', (event) => this.resume(event.persisted));
            session.whenRenewed(() => this.save());
        }

        get isUnsaved() {
            return this.changes > this.saved;
        }

        note(control) {
            if (['', 'attachments', 'customer_query'].includes(control.name)) return;
            this.changes += 1;
            this.firstChangeAt ??= performance.now();
            const longest = this.firstChangeAt + AUTOSAVE_LONGEST - performance.now();
            this.schedule(Math.max(0, Math.min(AUTOSAVE_PAUSE, longest)));
        }

        schedule(wait) {
            clearTimeout(this.timer);
            if (!this.stopped) this.timer = setTimeout(() => this.save(), wait);
        }

        /** The form itself goes to the server now. */
        stop() {
            this.stopped = true;
            clearTimeout(this.timer);
        }

        /** The page is shown, maybe again, maybe with what the browser had kept in its controls. */
        resume(wasFrozen) {
            if (this.caseExists) return;
            this.stopped = false;
            if (wasFrozen || [...this.form.elements].some(isChanged)) {
                this.changes += 1;
                this.schedule(AUTOSAVE_PAUSE);
            }
        }

        async save() {
            clearTimeout(this.timer);
            if (this.stopped || this.sending || !this.isUnsaved) return;
            this.sending = true;
            const upTo = this.changes;
            this.firstChangeAt = undefined;
            const slow = setTimeout(() => this.tell('Saving…'), QUIET_SAVE);
            const fields = new FormData(this.form);
            fields.delete('attachments');
            fields.set('action', 'autosave');
            const answer = await post(this.form.dataset.draftUrl, fields);
            clearTimeout(slow);
            this.sending = false;
            if (!this.stopped) await this.take(answer, upTo);
        }

        async take(answer, upTo) {
            if (answer.is === 'done') return this.confirm(upTo, answer.body.saved);
            switch (answer.is) {
            case 'caseExists':
                this.caseExists = true;
                this.stop();
                this.tell('');
                return this.session.tellCaseExists(answer.address);
            case 'loggedOut':
                if (answer.kept) this.saved = upTo;
                if (answer.kept) this.tell('Draft saved');
                else this.tell(`Not saved: ${answer.sentence}`, true);
                return this.session.end(answer.address);
            case 'noConnection':
                this.tell('Not saved: no connection; trying again', true);
                return this.tryAgain();
            default:
                if (answer.status === 403 && !this.renewed) {
                    this.renewed = true;
                    if (await this.session.renew()) return undefined;
                }
                this.tell(`Not saved: ${answer.sentence}`, true);
                return answer.isPassing ? this.tryAgain(answer.wait) : undefined;
            }
        }

        confirm(upTo, time) {
            this.saved = upTo;
            this.failures = 0;
            this.renewed = false;
            this.tell(time ? `Draft saved ${time}` : 'Draft saved');
            const page = this.form.dataset.pageUrl;
            const here = location.pathname + location.search;
            if (here !== page) history.replaceState(history.state, '', page);
            this.form.dispatchEvent(new CustomEvent('draft-saved'));
            if (this.isUnsaved) this.schedule(AUTOSAVE_PAUSE);
        }

        tryAgain(least = 0) {
            const wait = RETRY_WAITS[Math.min(this.failures, RETRY_WAITS.length - 1)];
            this.failures += 1;
            this.schedule(Math.max(wait, least));
        }

        tell(text, isBad = false) {
            if (!this.status) return;
            this.status.classList.toggle('is-bad', isBad);
            if (this.status.textContent !== text) this.status.textContent = text;
        }
    }

    /** True when a control does not hold what the server put there. */
    function isChanged(control) {
        if (!control.name || control.disabled) return false;
        if (['file', 'hidden', 'submit', 'search'].includes(control.type)) return false;
        if (['checkbox', 'radio'].includes(control.type)) {
            return control.checked !== control.defaultChecked;
        }
        if (control.options) {
            const given = [...control.options].findIndex((option) => option.defaultSelected);
            return control.selectedIndex !== Math.max(given, 0);
        }
        return control.value !== control.defaultValue;
    }

    /* ---- Files ------------------------------------------------------------------------------ */

    /**
     * The list of attached files: what it shows is what the case will have.
     *
     * Files are chosen, dropped or pasted, checked with the server's own rules and sent one at a
     * time. A row is in one state: waiting, sending, attached, removing, failed (can be sent
     * again) or refused (cannot). Save waits for the first ones and asks the agent about the last
     * two, so no file is lost in silence.
     */
    class Files {
        rows = [];
        spoken = [];
        waiters = [];

        constructor(form, session) {
            this.form = form;
            this.session = session;
            this.input = document.getElementById('attachments');
            this.drop = document.getElementById('attachments-drop');
            this.list = document.getElementById('attachments-list');
            this.status = document.getElementById('attachments-status');
            this.limits = {
                files: Number(form.dataset.maxFiles),
                bytes: Number(form.dataset.maxFileBytes),
                extensions: form.dataset.extensions.split(' '),
            };
            this.rows = [...this.list.querySelectorAll('[data-attachment]')].map(rowOf);
            this.list.addEventListener('click', (event) => this.press(event));
            this.input.addEventListener('change', () => {
                const chosen = [...this.input.files];
                this.input.value = '';
                this.add(chosen);
            });
            this.drop.classList.add('is-live');
            const ways = element('span', { class: 'drop-text' }, 'or drop or paste them here');
            this.drop.querySelector('label').after(ways);
            const plainUpload = document.getElementById('attachments-upload');
            if (plainUpload) plainUpload.hidden = true;
            this.takeDrops();
            this.takePastes();
        }

        get isBusy() {
            return this.pending.length > 0;
        }

        get pending() {
            const states = ['waiting', 'sending', 'removing'];
            return this.rows.filter(({ state }) => states.includes(state));
        }

        /** Rows that are not part of the case unless the agent does something. */
        get undecided() {
            return this.rows.filter(({ state }) => ['failed', 'refused'].includes(state));
        }

        /** Resolves when nothing is on its way any more. */
        settled() {
            return new Promise((resolve) => {
                if (this.isBusy) this.waiters.push(resolve);
                else resolve();
            });
        }

        /* Choosing, dropping, pasting */

        takeDrops() {
            const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
            const mark = (awaiting, dragging) => {
                this.drop.classList.toggle('is-awaiting', awaiting);
                this.drop.classList.toggle('is-dragging', dragging);
            };
            /* A drop beside the zone must not make the browser leave the page for the file. */
            window.addEventListener('dragover', (event) => {
                if (!hasFiles(event)) return;
                event.preventDefault();
                const isInside = this.drop.contains(event.target);
                event.dataTransfer.dropEffect = isInside ? 'copy' : 'none';
                mark(true, isInside);
            });
            window.addEventListener('dragleave', (event) => {
                if (!event.relatedTarget) mark(false, false);
            });
            window.addEventListener('drop', (event) => {
                if (!hasFiles(event)) return;
                event.preventDefault();
                mark(false, false);
                if (this.drop.contains(event.target)) this.add([...event.dataTransfer.files]);
                else this.say('Drop files on the attachment field');
            });
        }

        takePastes() {
            document.addEventListener('paste', (event) => {
                const files = [...(event.clipboardData?.files ?? [])];
                /* Office programs copy text with its picture: a text field takes the text. */
                const isText = event.target.matches?.('input, textarea')
                    && event.clipboardData.types.includes('text/plain');
                if (files.length === 0 || isText) return;
                event.preventDefault();
                this.add(files.map(pastedFile));
            });
        }

        add(files) {
            const refused = [];
            const taken = [];
            for (const file of files) {
                const sentence = this.refusal(file);
                if (sentence) refused.push({ file, sentence });
                else taken.push(this.enter({ state: 'waiting', file, name: file.name }));
            }
            for (const { file, sentence } of refused.slice(0, REFUSED_ROWS)) {
                this.enter({ state: 'refused', name: file.name, file, sentence });
                this.say(sentence);
            }
            const more = refused.length - REFUSED_ROWS;
            if (more > 0) {
                const name = plural(more, 'more file');
                this.enter({ state: 'refused', name, sentence: `${name} could not be attached` });
            }
            if (taken.length > 1) this.say(`Uploading ${plural(taken.length, 'file')}`);
            if (taken.length === 1) this.say(`Uploading ${taken[0].name}`);
            this.next();
        }

        /** Why a file cannot be attached, in the server's words; undefined when it may be. */
        refusal(file) {
            const { files, bytes, extensions } = this.limits;
            const extension = /\.([^.]+)$/.exec(file.name)?.[1].toLowerCase();
            const inUse = this.rows.filter(({ state }) => state !== 'refused').length;
            if (!extensions.includes(extension)) {
                const formats = extensions.map((name) => name.toUpperCase());
                const all = `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`;
                return `${file.name} must be a ${all} file`;
            }
            if (file.size === 0) return `${file.name} is empty`;
            if (file.size > bytes) return `${file.name} must be ${size(bytes)} or smaller`;
            if (inUse >= files) {
                const limit = plural(files, 'file');
                return `${file.name} is one too many; a case can have up to ${limit}`;
            }
            return undefined;
        }

        enter(row) {
            row.item = element('li', { class: 'file' });
            row.thumb = thumbnail(row.file, this.limits);
            this.rows.push(row);
            this.list.append(row.item);
            this.paint(row);
            return row;
        }

        /* Sending */

        /** Starts the next waiting file when none is being sent; tells who waits for the end. */
        next() {
            const isSending = this.rows.some(({ state }) => state === 'sending');
            const row = this.rows.find(({ state }) => state === 'waiting');
            if (!isSending && row) this.send(row);
            if (this.undecided.length === 0) this.withdrawQuestion();
            if (!this.isBusy) for (const resolve of this.waiters.splice(0)) resolve();
            this.form.dispatchEvent(new Event('desk:files'));
        }

        async send(row) {
            this.turn(row, 'sending');
            row.part = 0;
            const fields = identity(this.form);
            fields.append('attachments', row.file, row.file.name);
            const moved = () => this.paintProgress(row);
            const answer = await upload(this.form.dataset.attachmentsUrl, fields, row, moved);
            row.abort = undefined;
            if (answer.is === 'done' && answer.body.attachment) {
                this.attach(row, answer.body.attachment);
            } else if (row.isUnwanted) {
                row.isUncertain = mayBeStored(row, answer);
                this.dismiss(row);
            } else {
                this.fail(row, answer);
            }
            this.next();
        }

        /**
         * The server has the file.
         *
         * The same name and bytes again, also when a browser repeats a post by itself on a reset
         * connection, are answered with the attachment that is there: one row shows it.
         */
        attach(row, attachment) {
            if (this.rows.some((other) => other !== row && other.id === attachment.id)) {
                this.takeOut(row);
                this.say(`${row.name} is attached already`);
                return;
            }
            Object.assign(row, { id: attachment.id, attachment, isUncertain: false });
            row.item.dataset.attachment = attachment.id;
            this.turn(row, 'attached');
            if (row.isUnwanted) {
                this.remove(row);
            } else {
                const count = this.rows.filter(({ state }) => state === 'attached').length;
                const limit = plural(this.limits.files, 'file');
                this.say(`${row.name} is attached, ${count} of ${limit}`);
            }
        }

        fail(row, answer) {
            if (answer.is === 'loggedOut') this.session.end(answer.address);
            if (answer.is === 'caseExists') this.session.tellCaseExists(answer.address);
            row.isUncertain = mayBeStored(row, answer);
            if (answer.is === 'refused') {
                row.sentence = answer.sentence;
                this.turn(row, 'refused');
                this.say(answer.sentence);
            } else {
                row.sentence = `Not uploaded: ${answer.sentence}`;
                this.turn(row, 'failed');
                this.say(`${row.name} is not uploaded: ${answer.sentence}`);
            }
        }

        /**
         * Sends a failed file again.
         *
         * When all its bytes had left before the connection broke, the server may have it already:
         * then its list decides, so that a retry never attaches a file twice.
         */
        async retry(row) {
            this.turn(row, 'removing');
            const staged = row.isUncertain ? await this.strayRow(row) : undefined;
            if (staged) {
                row.item.replaceWith(staged.item);
                this.rows[this.rows.indexOf(row)] = staged;
                this.say(`${row.name} is attached`);
                staged.item.querySelector('button')?.focus();
            } else {
                row.isUnwanted = false;
                this.turn(row, 'waiting');
                this.say(`Uploading ${row.name}`);
                row.item.querySelector('button')?.focus();
            }
            this.next();
        }

        /** The staged file of this name that the server lists and this page does not. */
        async strayRow(row) {
            const page = await this.session.readPage();
            const known = new Set(this.rows.map(({ id }) => id));
            const item = [...(page?.querySelectorAll('#attachments-list [data-attachment]') ?? [])]
                .find((one) => !known.has(one.dataset.attachment)
                    && one.querySelector('.file-name')?.textContent === row.name);
            return item && rowOf(document.importNode(item, true));
        }

        /* Removing */

        press(event) {
            const button = event.target.closest('button');
            const row = button && this.rows.find(({ item }) => item.contains(button));
            if (!row) return;
            event.preventDefault();
            if (button.classList.contains('file-retry')) this.retry(row);
            else if (row.state === 'sending') this.giveUp(row);
            else if (row.state === 'attached') this.remove(row);
            else if (row.state !== 'removing') this.dismiss(row);
        }

        /**
         * Stops an upload that is not wanted any more.
         *
         * Once all bytes have left, the server may be storing them: then the answer is awaited and
         * the stored file removed, so that nothing is attached that the list does not show.
         */
        giveUp(row) {
            row.isUnwanted = true;
            if (row.part < 1) row.abort?.();
            else row.item.classList.add('is-removing');
        }

        async dismiss(row) {
            if (row.isUncertain) {
                this.turn(row, 'removing');
                const staged = await this.strayRow(row);
                if (staged) await post(removeAddress(staged), identity(this.form));
            }
            this.discard(row);
            this.next();
        }

        async remove(row) {
            this.turn(row, 'removing');
            const answer = await post(removeAddress(row), identity(this.form));
            if (answer.is === 'done') {
                this.discard(row);
            } else {
                if (answer.is === 'loggedOut') this.session.end(answer.address);
                row.sentence = `Not removed: ${answer.sentence}`;
                this.turn(row, 'attached');
                this.say(`${row.name} is not removed: ${answer.sentence}`);
            }
            this.next();
        }

        /** Takes a row off; what we still hold can come back. */
        discard(row) {
            this.takeOut(row);
            this.say(`${row.name} is removed`);
            if (row.file && row.state !== 'refused') this.offerUndo(row.file);
        }

        /** Focus goes to a neighbour of the row that leaves. */
        takeOut(row) {
            const at = this.rows.indexOf(row);
            const hadFocus = row.item.contains(document.activeElement);
            this.rows.splice(at, 1);
            row.item.remove();
            const neighbour = this.rows[Math.min(at, this.rows.length - 1)];
            const target = neighbour?.item.querySelector('.file-remove') ?? this.input;
            if (hadFocus) target.focus({ preventScroll: true });
        }

        offerUndo(file) {
            this.undo?.remove();
            const button = plainButton('Undo');
            this.undo = element('p', { class: 'file-undo' }, `${file.name} is removed. `, button);
            this.list.after(this.undo);
            button.addEventListener('click', () => {
                this.undo.remove();
                this.add([file]);
                this.rows.at(-1)?.item.querySelector('button')?.focus();
            });
        }

        /* Showing */

        turn(row, state) {
            row.state = state;
            if (state === 'waiting' || state === 'sending') row.sentence = undefined;
            this.paint(row);
        }

        /** Draws a row for its state. A row that the server drew keeps its pieces. */
        paint(row) {
            row.item.classList.toggle('is-removing', row.state === 'removing');
            row.item.querySelector('.file-problem')?.remove();
            if (row.thumb) {
                const hadFocus = row.item.contains(document.activeElement);
                row.item.replaceChildren(
                    row.thumb,
                    element('span', { class: 'file-name' }, row.name),
                    this.meta(row),
                    this.acts(row),
                );
                if (hadFocus) row.item.querySelector('.file-remove').focus({ preventScroll: true });
            }
            if (row.sentence) {
                row.item.append(element('span', { class: 'file-problem' }, row.sentence));
            }
            if (row.state === 'sending') this.paintProgress(row);
        }

        meta(row) {
            const meta = element('span', { class: 'file-meta' });
            if (row.state === 'attached' || row.state === 'removing') {
                const { format, size: bytes } = row.attachment ?? {};
                meta.append(row.attachment ? `${format}, ${bytes}` : size(row.file.size));
            } else if (row.state === 'sending') {
                const label = `Uploading ${row.name}`;
                row.bar = element('progress', { max: '100', 'aria-label': label });
                row.percent = element('span', { class: 'file-percent' });
                meta.append(row.bar, row.percent);
            } else if (row.state === 'waiting') {
                meta.append(`Waiting, ${size(row.file.size)}`);
            } else if (row.file) {
                meta.append(size(row.file.size));
            }
            return meta;
        }

        acts(row) {
            const acts = element('span', { class: 'file-acts' });
            if (row.state === 'failed') acts.append(fileButton('Retry', row.name, 'file-retry'));
            acts.append(fileButton('Remove', row.name, 'file-remove'));
            return acts;
        }

        paintProgress(row) {
            if (!row.bar) return;
            const percent = Math.floor(row.part * 100);
            if (row.part < 1) row.bar.value = percent;
            else row.bar.removeAttribute('value');
            row.percent.textContent = row.part < 1 ? `${percent} %` : 'Checking…';
        }

        /** Speaks; what comes within a moment is spoken together, and nothing is overwritten. */
        say(text) {
            this.spoken.push(text);
            clearTimeout(this.speaking);
            this.speaking = setTimeout(() => {
                this.status.textContent = this.spoken.splice(0).join('. ');
            }, 150);
        }

        /** Asks what shall become of the files that are not attached. */
        ask() {
            const names = this.undecided.map(({ name }) => name);
            const first = this.undecided[0];
            const remedy = first.state === 'failed' ? 'Retry or remove it' : 'Remove it';
            const sentence = names.length === 1
                ? `${names[0]} is not attached. ${remedy}, then save.`
                : `${names.length} files are not attached. Retry or remove each, then save.`;
            this.withdrawQuestion();
            let problem = document.getElementById('attachments-error');
            if (!problem) {
                problem = element('p', { class: 'field-problem', id: 'attachments-error' },
                    element('span', { class: 'visually-hidden' }, 'Error:'), ' ');
                this.drop.before(problem);
                describe(this.input, problem.id);
            }
            this.question = element('span', {}, sentence);
            problem.append(this.question);
            this.say(sentence);
            first.item.querySelector('button').focus();
        }

        withdrawQuestion() {
            const problem = this.question?.parentElement;
            this.question?.remove();
            this.question = undefined;
            if (problem && !problem.querySelector('span:not(.visually-hidden)')) problem.remove();
        }
    }

    /** The row of a list item that the server drew. */
    function rowOf(item) {
        const name = item.querySelector('.file-name').textContent;
        return { state: 'attached', item, id: item.dataset.attachment, name };
    }

    /** True when all bytes of a file had left and no answer says what became of them. */
    function mayBeStored(row, answer) {
        return row.part === 1 && (answer.is === 'noConnection' || answer.status >= 500);
    }

    function removeAddress(row) {
        const drawn = () => row.item.querySelector('.file-remove').getAttribute('formaction');
        return row.attachment?.remove ?? drawn();
    }

    function plainButton(text, kind = '') {
        return element('button', { type: 'button', class: `btn btn-link btn-sm ${kind}` }, text);
    }

    function fileButton(text, name, kind) {
        const button = plainButton(text, kind);
        button.append(element('span', { class: 'visually-hidden' }, ` ${name}`));
        return button;
    }

    /** A small picture of a picture, else the letters of its kind. */
    function thumbnail(file, { bytes }) {
        const isSmall = file?.size > 0 && file.size <= bytes;
        const isPicture = isSmall && /^image\/(jpeg|png|gif)$/.test(file.type);
        const kind = /\.(\w{1,4})$/.exec(file?.name ?? '')?.[1].toUpperCase() ?? '?';
        const letters = element('span', { class: 'thumb thumb-doc', 'aria-hidden': 'true' }, kind);
        if (!isPicture) return letters;
        const picture = element('img', { class: 'thumb', alt: '', width: '36', height: '36' });
        const address = URL.createObjectURL(file);
        picture.addEventListener('load', () => URL.revokeObjectURL(address), { once: true });
        picture.addEventListener('error', () => {
            URL.revokeObjectURL(address);
            setAttributes(picture, { class: 'thumb thumb-doc' });
        }, { once: true });
        picture.src = address;
        return picture;
    }

    /** Browsers call every pasted picture "image.png"; the time tells them apart. */
    function pastedFile(file) {
        if (!/^image\.\w+$/.test(file.name)) return file;
        const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
        const extension = file.name.split('.').pop();
        return new File([file], `Pasted ${time}.${extension}`, { type: file.type });
    }

    /* ---- Save ------------------------------------------------------------------------------- */

    /** Saves when all files have arrived, by button or Ctrl+Enter; warns before work is left. */
    function saveCalmly(form, draft, files) {
        const save = document.getElementById('save');
        const label = save.textContent;
        let waiting = false;
        let leaving = false;
        let recovery;
        const rest = () => {
            leaving = waiting = false;
            clearTimeout(recovery);
            showBusy(save, label, false);
        };
        const wait = async (submitter) => {
            waiting = true;
            const count = () => {
                const uploads = files.pending.length;
                if (!waiting || uploads === 0) return;
                showBusy(save, `Waiting for ${plural(uploads, 'upload')}…`, true);
            };
            form.addEventListener('desk:files', count);
            count();
            files.say(`Waiting for ${plural(files.pending.length, 'upload')}, then saving`);
            await files.settled();
            form.removeEventListener('desk:files', count);
            rest();
            form.requestSubmit(submitter);
        };
        form.addEventListener('submit', (event) => {
            if (waiting || leaving) return event.preventDefault();
            const action = event.submitter?.value ?? 'save';
            if (files?.isBusy) {
                event.preventDefault();
                wait(event.submitter);
            } else if (files?.undecided.length > 0 && action === 'save') {
                event.preventDefault();
                files.ask();
            } else {
                leaving = true;
                draft?.stop();
                if (action === 'save') showBusy(save, 'Saving…', true);
                /* A post that was stopped, or never answered, leaves this page: it works on. */
                recovery = setTimeout(() => {
                    rest();
                    draft?.resume(true);
                }, SAME_CLICK);
            }
            return undefined;
        });
        form.addEventListener('keydown', (event) => {
            const isChord = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
            if (!isChord || event.isComposing) return;
            event.preventDefault();
            form.requestSubmit(save);
        });
        window.addEventListener('pageshow', rest);
        window.addEventListener('beforeunload', (event) => {
            const isFailed = files?.undecided.some(({ state }) => state === 'failed');
            const isLoss = draft?.isUnsaved || files?.isBusy || isFailed;
            if (leaving || draft?.caseExists || !isLoss) return;
            event.preventDefault();
            draft?.save();
        });
        const key = form.querySelector('.actions-key');
        if (key && /Mac|iPhone|iPad/.test(navigator.platform)) key.textContent = '⌘ + Enter';
    }

    function showBusy(button, text, isBusy) {
        button.textContent = text;
        if (isBusy) button.setAttribute('aria-disabled', 'true');
        else button.removeAttribute('aria-disabled');
    }

    /* ---- The workbench ---------------------------------------------------------------------- */

    /** A conversation opens at its end, unless the address leads to a message. */
    function showNewest(bench) {
        const pane = bench.querySelector('.pane-talk');
        if (pane && location.hash === '') pane.scrollTop = pane.scrollHeight;
    }

    /**
     * Shows the page Select Work Order Type as a dialog: by its button or by Alt and C.
     *
     * Its keys 1 to 3 choose what was suggested, its search narrows the list while one types. Beside
     * an open form a choice changes the form's type and nothing else of it; otherwise the link that
     * was chosen leads on.
     */
    function chooseTypeInPlace(form) {
        const opener = document.getElementById('choose_type')
            ?? document.querySelector('.bench-talk #create_case');
        if (!opener) return;
        const address = opener.dataset.types ?? opener.href;
        let isLoading = false;
        const open = async () => {
            if (isLoading || document.querySelector('dialog[open]')) return;
            isLoading = true;
            const endWaiting = showWaiting(opener, 'Reading the conversation…');
            const page = await readDocument(address);
            endWaiting();
            isLoading = false;
            const choice = page?.getElementById('type-choice');
            if (choice) showTypes(document.importNode(choice, true), opener, form);
            else if (opener.href) location.assign(opener.href);
            else form.requestSubmit(opener);
        };
        opener.addEventListener('click', (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            open();
        });
        document.addEventListener('keydown', (event) => {
            if (!isChord(event, 'c')) return;
            event.preventDefault();
            open();
        });
    }

    /** Says beside a button what is waited for, unless it comes at once; the result ends it. */
    function showWaiting(opener, text) {
        const status = element('span', { class: 'waiting', role: 'status' });
        opener.after(status);
        const timer = setTimeout(() => { status.textContent = text; }, 400);
        return () => {
            clearTimeout(timer);
            status.remove();
        };
    }

    /**
     * True for Alt and a letter: a letter alone would be pressed by whoever dictates to the browser
     * (WCAG 2.1.4). AltGr is no Alt; on a Mac, Alt and a letter in a text is another letter.
     */
    function isChord(event, letter) {
        const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
            && !event.isComposing && !event.getModifierState('AltGraph');
        if (!isAlt || event.target.closest?.('dialog')) return false;
        if (event.key.toLowerCase() === letter) return true;
        const isText = event.target.matches?.('input, textarea, select, [contenteditable]');
        return !isText && event.code === `Key${letter.toUpperCase()}`;
    }

    function showTypes(choice, opener, form) {
        const dialog = element('dialog', {
            class: 'type-dialog', 'aria-labelledby': 'type-choice-heading',
        });
        dialog.append(choice);
        document.body.append(dialog);
        const search = choice.querySelector('#q');
        const rows = [...choice.querySelectorAll('#type-list li')];
        const nothing = choice.querySelector('#type-list-empty');
        const shown = () => rows.filter((row) => !row.hidden);
        let focusAfter = opener;
        search.addEventListener('input', () => {
            const words = folded(search.value).split(/\s+/).filter(Boolean);
            for (const row of rows) {
                const text = folded(row.textContent);
                row.hidden = !words.every((word) => text.includes(word));
            }
            nothing.hidden = shown().length > 0;
        });
        search.form.addEventListener('submit', (event) => {
            event.preventDefault();
            const first = shown()[0]?.querySelector('a');
            if (shown().length === 1) first.click();
            else first?.focus();
        });
        dialog.addEventListener('keydown', (event) => {
            if (!/^[1-3]$/.test(event.key) || event.target.matches('input')) return;
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            choice.querySelector(`[data-pick="${event.key}"]`)?.click();
        });
        dialog.addEventListener('click', (event) => {
            const link = event.target.closest('a');
            const isCancel = event.target === dialog || link?.id === 'type_cancel';
            const isTaken = form && link && takeType(form, link);
            if (!isCancel && !isTaken) return;
            event.preventDefault();
            if (isTaken) focusAfter = form.elements.case_type;
            dialog.close();
        });
        dialog.addEventListener('close', () => {
            dialog.remove();
            focusAfter.focus();
        });
        dialog.showModal();
        (choice.querySelector('.pick') ?? search).focus();
    }

    /** Puts the chosen type into the open form; false when its list does not have it. */
    function takeType(form, link) {
        if (link.id === 'type_none') return true;
        const select = form.elements.case_type;
        const value = link.dataset.type;
        if (!value || ![...select.options].some((option) => option.value === value)) return false;
        if (select.value !== value) setValue(select, value);
        return true;
    }

    /** Changes a control as if the agent had. */
    function setValue(control, value) {
        control.value = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
    }

    /**
     * What of the form came from the conversation: undone with "clear", offered again when it is
     * not there, and said only as long as it is true.
     */
    class Sources {
        fields = new Map();

        constructor(form) {
            this.form = form;
            for (const place of form.querySelectorAll('.from')) {
                const control = form.elements[place.dataset.from];
                if (control) this.take(place, control);
            }
            form.addEventListener('draft-saved', () => this.readTaken());
        }

        take(place, control) {
            const words = place.querySelector('.from-words');
            const field = {
                control,
                place,
                words,
                /* What the words are about, and what the conversation says of the field by now. */
                told: words ? control.value : undefined,
                text: place.dataset.text,
                hasNews: place.querySelector('.offer') !== null,
                button: place.querySelector('.from-act') ?? this.makeButton(place, control),
            };
            this.fields.set(control.name, field);
            field.button.addEventListener('click', (event) => {
                event.preventDefault();
                const act = this.act(field);
                if (act === 'take') this.hasTaken = true;
                setValue(control, { clear: '', take: field.text }[act] ?? field.told ?? '');
                control.focus();
            });
            control.addEventListener('input', () => this.show(field));
            control.addEventListener('change', () => this.show(field));
            window.addEventListener('pageshow', () => this.show(field));
            this.show(field);
        }

        makeButton(place, control) {
            const button = plainButton('clear', 'from-act');
            const label = this.form.querySelector(`label[for="${control.id}"]`);
            const name = ` ${label?.firstChild.textContent.trim() ?? ''}`;
            button.append(element('span', { class: 'visually-hidden' }, name));
            place.append(button);
            return button;
        }

        /** New messages: what the conversation says of a field by now. */
        hear(name, text) {
            const field = this.fields.get(name);
            if (!field || text === undefined || text === field.text) return;
            Object.assign(field, { text, hasNews: true });
            this.show(field);
        }

        /**
         * Once a text that was taken over is kept, says where it came from as a reload would: its
         * messages beside the field, its words marked in the transcript.
         */
        async readTaken() {
            if (!this.hasTaken) return;
            this.hasTaken = false;
            const page = await readDocument(this.form.dataset.pageUrl);
            for (const place of page?.querySelectorAll('.from') ?? []) {
                const field = this.fields.get(place.dataset.from);
                const words = place.querySelector('.from-words');
                if (field && words && field.control.value === field.text) this.tell(field, words);
            }
            for (const message of page?.querySelectorAll('#messages > .msg') ?? []) {
                const own = document.getElementById(message.id);
                if (own && own.innerHTML !== message.innerHTML) {
                    own.replaceChildren(...document.importNode(message, true).childNodes);
                }
            }
        }

        tell(field, words) {
            const { control, place } = field;
            const own = document.importNode(words, true);
            field.words?.remove();
            place.prepend(own);
            const described = (control.getAttribute('aria-describedby') ?? '').split(' ');
            control.setAttribute(
                'aria-describedby', [...new Set([...described, own.id])].filter(Boolean).join(' '),
            );
            Object.assign(field, { words: own, told: control.value, hasNews: false });
            this.show(field);
        }

        /** What the button does: clear what came from there, or take what the conversation says. */
        act({ control: { value }, told, text, hasNews }) {
            if (value === '') return text === undefined ? told && 'put back' : 'take';
            if (hasNews && text !== value) return 'take';
            return value === told || value === text ? 'clear' : undefined;
        }

        show(field) {
            const { control, place, words, told, button } = field;
            const act = this.act(field);
            if (words) words.hidden = control.value !== told;
            control.closest('.field')?.classList.toggle('is-own', control.value !== told);
            button.hidden = !act;
            const taking = control.value === '' ? 'fill in from the conversation' : 'take the new text';
            button.firstChild.data = act === 'take' ? taking : act ?? '';
            place.querySelector('.offer')?.remove();
            if (act === 'take' && control.value !== '') this.offer(field);
        }

        /** A quiet offer of the new text, which takes nothing away. */
        offer({ place, button, text }) {
            const summary = element('summary', {}, 'New messages say something else');
            const words = element('p', { class: 'offer-text' }, text);
            place.insertBefore(element('details', { class: 'offer' }, summary, words), button);
        }
    }

    /**
     * Looks for new messages while the page is seen, and brings in what a reload would show: the
     * messages, the list, and what the conversation says of the form. Nothing else is touched.
     */
    class Follower {
        failures = 0;

        constructor(bench, form, sources) {
            Object.assign(this, { bench, form, sources });
            document.addEventListener('visibilitychange', () => this.schedule(0));
            this.schedule(FOLLOW_PAUSE);
        }

        schedule(wait) {
            clearTimeout(this.timer);
            if (document.visibilityState === 'hidden' || this.isOver) return;
            this.timer = setTimeout(() => this.look(), wait);
        }

        async look() {
            const count = this.bench.dataset.count;
            const address = new URL(this.bench.dataset.follow, location.href);
            address.searchParams.set('from', count);
            try {
                const answer = await fetch(address, {
                    headers: { Accept: 'application/json' },
                    signal: AbortSignal.timeout(ANSWER_LIMIT),
                });
                this.isOver = [401, 403, 404].includes(answer.status);
                if (!answer.ok) throw new Error(`status ${answer.status}`);
                const news = await answer.json();
                if (String(news.count) !== count) await this.read();
                this.failures = 0;
            } catch {
                this.failures += 1;
            }
            const waits = [FOLLOW_PAUSE, ...RETRY_WAITS.filter((wait) => wait > FOLLOW_PAUSE)];
            this.schedule(waits[Math.min(this.failures, waits.length - 1)]);
        }

        async read() {
            const page = await readDocument(this.form?.dataset.pageUrl ?? location.href);
            const fresh = page?.querySelector('.bench');
            if (!fresh) return;
            this.bench.dataset.count = fresh.dataset.count;
            this.replaceList(fresh);
            this.addMessages(fresh);
            for (const place of fresh.querySelectorAll('.from')) {
                this.sources?.hear(place.dataset.from, place.dataset.text);
            }
        }

        replaceList(fresh) {
            const list = document.getElementById('conversations');
            const other = fresh.querySelector('#conversations');
            if (!list || !other) return;
            const focused = list.contains(document.activeElement)
                && document.activeElement.getAttribute('href');
            list.replaceChildren(...document.importNode(other, true).childNodes);
            if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
        }

        /** Whoever reads farther up stays there; whoever is at the end stays at the end. */
        addMessages(fresh) {
            const log = document.getElementById('messages');
            const pane = log?.closest('.pane');
            if (!log) return;
            const rest = pane.scrollHeight - pane.clientHeight - pane.scrollTop;
            document.getElementById('no-messages')?.remove();
            for (const message of fresh.querySelectorAll('#messages > .msg')) {
                if (!document.getElementById(message.id)) {
                    log.append(document.importNode(message, true));
                }
            }
            const summary = pane.querySelector('.fold > summary');
            const told = fresh.querySelector('.fold > summary');
            if (summary && told) summary.textContent = told.textContent;
            if (rest < AT_END) pane.scrollTop = pane.scrollHeight;
        }
    }

    /** A page of this site as the server has it now; undefined when it cannot be had. */
    async function readDocument(address) {
        try {
            const answer = await fetch(address, {
                headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(ANSWER_LIMIT),
            });
            if (!answer.ok) return undefined;
            return new DOMParser().parseFromString(await answer.text(), 'text/html');
        } catch {
            return undefined;
        }
    }

    /* ---- Session ---------------------------------------------------------------------------- */

    /** Whether this page may still write, and how it may again without losing what is on it. */
    class Session {
        isOver = false;
        renewals = [];

        constructor(form) {
            this.form = form;
            window.addEventListener('focus', () => {
                if (this.isOver) this.renew();
            });
        }

        whenRenewed(action) {
            this.renewals.push(action);
        }

        /** Logged out: says so beside the buttons; what is on the page stays. */
        end(address) {
            if (this.isOver) return;
            this.isOver = true;
            const href = ownPath(address) ?? '/login';
            this.tell(
                'You have been logged out. What you typed is still here. ',
                element('a', { href, target: '_blank' }, 'Log in again in a new tab'),
                ', then come back and save.',
            );
        }

        tellCaseExists(address) {
            const link = element('a', { href: ownPath(address) ?? '/cases' }, 'Open the case');
            this.tell('This form has been saved as a case already. ', link, '.');
        }

        /** Takes a new form token from this form's page; true when there is a session again. */
        async renew() {
            const page = await this.readPage();
            const token = page?.querySelector('#case-form input[name=form_token]')?.value;
            if (!token) return false;
            for (const field of document.getElementsByName('form_token')) field.value = token;
            if (this.isOver) {
                this.isOver = false;
                this.tell('You are logged in again.');
            }
            for (const action of this.renewals) action();
            return true;
        }

        /** The page of this form as the server has it now; undefined when it cannot be had. */
        async readPage() {
            return readDocument(this.form.dataset.pageUrl);
        }

        tell(...content) {
            const place = this.form.querySelector('.actions');
            let note = place.querySelector('.actions-note');
            if (!note) {
                note = element('p', { class: 'notice notice-warn actions-note', role: 'status' });
                place.prepend(note);
            }
            note.classList.toggle('notice-warn', content.length > 1);
            note.replaceChildren(...content);
        }
    }

    /* ---- The talk with the server ----------------------------------------------------------- */

    /** The fields that every write needs, in the order the server asks for. */
    function identity(form) {
        const fields = new FormData();
        fields.append('form_token', form.elements.form_token.value);
        fields.append('draft_id', form.elements.draft_id.value);
        return fields;
    }

    /** Posts fields; the answer as `verdict` gives it. Never throws. */
    async function post(address, fields) {
        try {
            const answer = await fetch(address, {
                method: 'POST',
                body: fields,
                headers: { Accept: 'application/json' },
                credentials: 'same-origin',
                keepalive: byteCount(fields) < KEEPALIVE_BYTES,
                signal: AbortSignal.timeout(ANSWER_LIMIT),
            });
            const body = await answer.json().catch(() => undefined);
            return verdict(answer.status, body, answer.headers.get('Retry-After'));
        } catch {
            return noConnection();
        }
    }

    /**
     * Posts fields with a file; the answer as `verdict` gives it.
     *
     * While it runs, `row.part` is the part of the bytes that has left (0 to 1); `row.abort`
     * ends it.
     */
    function upload(address, fields, row, moved) {
        return new Promise((resolve) => {
            const request = new XMLHttpRequest();
            let stall;
            const watch = () => {
                clearTimeout(stall);
                stall = setTimeout(() => request.abort(), STALL_LIMIT);
            };
            const progress = (part) => {
                row.part = part;
                watch();
                moved();
            };
            request.upload.addEventListener('progress', (event) => {
                if (event.lengthComputable) progress(event.loaded / event.total);
            });
            request.upload.addEventListener('load', () => progress(1));
            request.addEventListener('loadend', () => {
                clearTimeout(stall);
                const wait = request.getResponseHeader('Retry-After');
                resolve(request.status === 0
                    ? noConnection() : verdict(request.status, parsed(request.responseText), wait));
            });
            request.open('POST', address);
            request.setRequestHeader('Accept', 'application/json');
            row.abort = () => request.abort();
            watch();
            request.send(fields);
        });
    }

    /**
     * What an answer means: `is` done (with the body), loggedOut, caseExists (both with an
     * address), refused (the data will not pass) or failed (`isPassing`: worth another try).
     */
    function verdict(status, body, retryAfter) {
        if (status === 200 && body) return { is: 'done', body };
        if (status === 401) {
            const kept = body?.kept === true;
            return { is: 'loggedOut', address: body?.login, kept, sentence: 'you are logged out' };
        }
        if (status === 409 && body?.case) {
            const sentence = 'this form is a case already';
            return { is: 'caseExists', address: body.case, sentence };
        }
        const sentence = body?.error ?? {
            403: 'this page is too old; reload it',
            413: 'it is too large for the server',
            429: 'too many requests at once',
        }[status] ?? `the server could not take it (${status})`;
        return {
            is: status === 422 ? 'refused' : 'failed',
            status,
            sentence,
            isPassing: status === 429 || status >= 500,
            wait: (Number(retryAfter) || 0) * 1000,
        };
    }

    function noConnection() {
        return { is: 'noConnection', sentence: 'no connection' };
    }

    /** A path of this site; undefined for anything else. */
    function ownPath(address) {
        if (typeof address !== 'string') return undefined;
        const whole = new URL(address, location.href);
        return whole.origin === location.origin ? whole.pathname + whole.search : undefined;
    }

    function parsed(text) {
        try {
            return JSON.parse(text);
        } catch {
            return undefined;
        }
    }

    /** Bytes of the values, near enough to tell a small body from a large one. */
    function byteCount(fields) {
        let count = 0;
        for (const [name, value] of fields) count += 120 + name.length + new Blob([value]).size;
        return count;
    }

    /* ---- Elements and words ----------------------------------------------------------------- */

    /** An element with attributes and content; a string becomes text, never markup. */
    function element(name, attributes, ...content) {
        const made = document.createElement(name);
        setAttributes(made, attributes);
        made.append(...content);
        return made;
    }

    /** Adds an element's id to what describes a control. */
    function describe(control, id) {
        const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
        control.setAttribute('aria-describedby', [...new Set(ids).add(id)].join(' '));
    }

    function setAttributes(target, attributes) {
        for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
    }

    function characters(text) {
        let count = 0;
        for (const _ of text.replaceAll(/\r\n?/g, '\n')) count += 1;
        return count;
    }

    function number(value) {
        return value.toLocaleString('en');
    }

    function plural(count, noun) {
        return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
    }

    function size(bytes) {
        if (bytes < 1024) return plural(bytes, 'byte');
        if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
        return `${Number((bytes / 1024 / 1024).toFixed(1))} MB`;
    }

    /** "in 2 days", "3 hours ago", from a difference in milliseconds. */
    function relative(difference) {
        const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
        const units = [['day', 86400000], ['hour', 3600000], ['minute', 60000]];
        const [unit, length] = units.find((one) => Math.abs(difference) >= one[1]) ?? units[2];
        return words.format(Math.trunc(difference / length), unit);
    }

    start();
})();
