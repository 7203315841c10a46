// Talks to the API. The token is kept for this tab only; a cookie that scripts cannot read opens
// what the browser loads by itself (audio, pictures, events), and opens it for reading only.
const KEY = 'castloom-token';

export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export const token = () => sessionStorage.getItem(KEY);

export async function call(method, path, body, headers = {}) {
  const response = await fetch(path, {
    method,
    headers: { Authorization: `Bearer ${token()}`, ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await response.text();
  const answer = text && /json/.test(response.headers.get('Content-Type') || '') ? JSON.parse(text) : {};
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  return answer;
}

export const get = path => call('GET', path);

export async function enter(given) {
  sessionStorage.setItem(KEY, given);
  try {
    await call('POST', '/v1/session');
    return await get('/v1/account');
  } catch (problem) {
    sessionStorage.removeItem(KEY);
    throw problem;
  }
}

export async function leave() {
  try {
    await call('DELETE', '/v1/session');
  } finally {
    sessionStorage.removeItem(KEY);
  }
}

// An element with properties and children; text is text, never markup.
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (name in node && typeof value !== 'string') {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

export function bytes(count) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return `${unit && count < 10 ? count.toFixed(1) : Math.round(count)} ${units[unit]}`;
}

export function span(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts[0] ? `${parts[0]} h ${parts[1]} min` : parts[1] ? `${parts[1]} min ${parts[2]} s` : `${parts[2]} s`;
}

export function table(columns, rows) {
  const numeric = name => rows.length > 0 && typeof rows[0][name] === 'number';
  return el('table', {},
    el('thead', {}, el('tr', {}, ...columns.map(([title, name]) => el('th', { scope: 'col', class: numeric(name) ? 'number' : '' }, title)))),
    el('tbody', {}, ...rows.map(row => el('tr', {},
      ...columns.map(([, name]) => el('td', { class: numeric(name) ? 'number' : '' }, String(row[name] ?? '')))))));
}
