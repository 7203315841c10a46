// What operators see: queues, fleet, and why the autoscaler did what it did.
import { el, get, span, table } from './api.js';

const seconds = text => {
  const match = /^PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : 0;
};

async function into(id, make) {
  const place = document.getElementById(id);
  try {
    place.replaceChildren(...await make());
  } catch (problem) {
    place.replaceChildren(el('p', { class: 'hint' }, problem.message));
  }
}

export async function refresh() {
  await Promise.all([into('queues', queues), into('fleet', fleet), into('scaler', decisions)]);
}

async function queues() {
  const answer = await get('/v1/queues');
  const rows = answer.queues.map(queue => ({ ...queue, oldest: span(queue.oldestWaitSeconds), work: span(queue.workSeconds) }));
  const dead = Object.entries(answer.deadLetters).map(([kind, count]) => `${kind}: ${count}`).join(', ');
  return [table([['Class', 'class'], ['Waiting', 'waiting'], ['Oldest wait', 'oldest'], ['Work', 'work'], ['Messages', 'visible'], ['In hand', 'inFlight']], rows),
    el('p', { class: 'hint' }, `Dead letters — ${dead}`)];
}

async function fleet() {
  const status = await get('/v1/fleet');
  const rows = status.members.map(member => ({
    ...member,
    market: member.market ?? 'guest',
    since: member.launchedAt ? new Date(member.launchedAt).toLocaleTimeString() : '',
    running: member.running.map(run => `${run.task} ${Math.round(run.progress * 100)} %`).join(', '),
  }));
  return [table([['Instance', 'id'], ['Kind', 'kind'], ['State', 'state'], ['Type', 'type'], ['Market', 'market'], ['Slots', 'slots'], ['Since', 'since'], ['At work on', 'running']], rows),
    el('p', { class: 'hint' }, `As of ${new Date(status.at).toLocaleTimeString()}; an instance takes about ${span(seconds(status.typicalBoot))} to join.`
      + (status.paused.length ? ` Paused: scaling ${status.paused.join(' and ')}.` : ''))];
}

async function decisions() {
  const page = await get('/v1/scaler/decisions?limit=10');
  const newest = page.documents ?? [];
  if (!newest.length) {
    return [el('p', { class: 'hint' }, 'No decision yet.')];
  }
  const texts = await Promise.all(newest.map(async document => [document, await get(`/v1/scaler/decisions/${encodeURIComponent(document.name)}`)]));
  return texts.map(([document, decision]) => el('details', {},
    el('summary', {}, `${new Date(document.lastModified).toLocaleTimeString()} ${decision.decision?.explanation?.summary ?? document.name}`),
    el('pre', {}, JSON.stringify(decision, null, 2))));
}
