// The list of jobs, each with its course while it is open.
import { bytes, call, el, get, span } from './api.js';

const cards = new Map();
let older = null;

export async function refresh(list, none, more) {
  const page = await get('/v1/jobs?limit=20');
  show(list, page.jobs, false);
  none.hidden = cards.size > 0;
  older ??= page.next ?? '';
  more.hidden = !older;
}

export async function showOlder(list, more) {
  const page = await get(`/v1/jobs?limit=20&after=${encodeURIComponent(older)}`);
  show(list, page.jobs, true);
  older = page.next ?? '';
  more.hidden = !older;
}

export function clear(list) {
  cards.forEach(card => card.close());
  cards.clear();
  older = null;
  list.replaceChildren();
}

function show(list, jobs, atEnd) {
  for (const job of atEnd ? jobs : [...jobs].reverse()) {
    let card = cards.get(job.id);
    if (!card) {
      card = new Card(job);
      cards.set(job.id, card);
      if (atEnd) {
        list.append(card.item);
      } else {
        list.prepend(card.item);
      }
    }
    card.brief(job);
  }
}

class Card {
  constructor(job) {
    this.id = job.id;
    this.state = el('span', { class: 'state' });
    this.bar = el('progress', { max: 1, 'aria-label': `Progress of ${job.filename}` });
    this.why = el('p', { class: 'hint' });
    this.body = el('div', {});
    this.details = el('details', { ontoggle: () => this.toggle() }, el('summary', {}, 'Details'), this.body);
    this.item = el('li', {}, el('div', { class: 'row' },
      el('strong', {}, job.filename), el('span', { class: 'dim' }, `${span(job.seconds)} → ${job.profiles.join(', ')}`), this.state),
      this.bar, this.why, this.details);
  }

  brief(job) {
    this.state.textContent = job.stage;
    this.state.className = `state ${job.state}`;
    this.bar.value = job.progress;
    this.bar.hidden = !['queued', 'running'].includes(job.state);
    if (job.failure || job.why) {
      this.why.textContent = job.failure || job.why;
    } else if (!['queued', 'running'].includes(job.state)) {
      this.why.textContent = '';
    }
    this.why.hidden = !this.why.textContent;
    if (job.state === 'queued' && !this.events) {
      get(`/v1/jobs/${this.id}/why`).then(answer => { this.why.textContent = answer.why; this.why.hidden = false; }).catch(() => {});
    }
  }

  toggle() {
    if (!this.details.open) {
      this.close();
      return;
    }
    this.events = new EventSource(`/v1/jobs/${this.id}/events`);
    this.events.addEventListener('job', event => this.full(JSON.parse(event.data)));
    this.events.addEventListener('end', () => this.close());
  }

  close() {
    if (this.events) {
      this.events.close();
      this.events = null;
    }
  }

  full(job) {
    this.brief(job);
    const media = job.renditions.map(rendition => el('div', {},
      el('p', { class: 'row' }, el('span', {}, rendition.profile), el('span', { class: 'dim' }, bytes(rendition.sizeBytes)),
        el('a', { href: rendition.url, download: '' }, 'Download')),
      el('audio', { controls: true, preload: 'none', src: rendition.url })));
    const picture = el('img', { class: 'wave', alt: `Waveform of ${job.filename}`, src: `/v1/originals/${job.original}/waveform.png`, onerror: event => event.target.remove() });
    const failed = job.tasks.flatMap(task => task.attempts.filter(attempt => attempt.cause).map(attempt => `${task.name}: ${attempt.cause}`));
    const ended = !['queued', 'running'].includes(job.state);
    this.body.replaceChildren(picture, ...media,
      el('p', { class: 'hint' }, `Job ${job.id}, ${job.priority} priority, sent ${new Date(job.createdAt).toLocaleString()}`),
      ...job.notes.map(note => el('p', { class: 'hint' }, note)),
      el('ul', { class: 'hint' }, ...job.tasks.map(task => el('li', {}, `${task.name}: ${task.state}`))),
      failed.length ? el('pre', {}, failed.join('\n')) : '',
      job.state === 'done' ? '' : el('button', {
        type: 'button', class: 'quiet',
        onclick: () => this.order(ended ? ['POST', `/v1/jobs/${this.id}/retry`] : ['DELETE', `/v1/jobs/${this.id}`]),
      }, ended ? 'Try again' : 'Cancel'));
  }

  async order([method, path]) {
    try {
      this.full(await call(method, path));
      this.close();
      this.toggle();
    } catch (problem) {
      this.why.textContent = problem.message;
      this.why.hidden = false;
    }
  }
}
