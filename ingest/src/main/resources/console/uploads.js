// Sends files in pieces (tus 1.0): a broken connection goes on where it was.
import { bytes, el, token } from './api.js';

const PIECE = 16 * 1024 * 1024;
const TRIES = 8;
const encode = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function request(method, url, headers, body, onProgress) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.setRequestHeader('Authorization', `Bearer ${token()}`);
    xhr.setRequestHeader('Tus-Resumable', '1.0.0');
    Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    if (onProgress) {
      xhr.upload.onprogress = event => onProgress(event.loaded);
    }
    xhr.onload = () => resolve(xhr);
    xhr.onerror = () => reject(new Error('the connection broke off'));
    xhr.send(body);
  });
}

function problem(xhr) {
  try {
    return new Error(JSON.parse(xhr.responseText).detail);
  } catch {
    return new Error(`HTTP ${xhr.status}`);
  }
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function send(file, wishes, onProgress) {
  const metadata = Object.entries({ filename: file.name, ...wishes }).map(([name, value]) => `${name} ${encode(value)}`).join(',');
  const created = await request('POST', '/v1/tus', { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata });
  if (created.status !== 201) {
    throw problem(created);
  }
  const url = new URL(created.getResponseHeader('Location'), location.href).pathname;
  let offset = 0;
  let tries = 0;
  for (;;) {
    let answer;
    try {
      const from = offset;
      answer = await request('PATCH', url,
        { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
        file.slice(offset, offset + PIECE), loaded => onProgress(from + loaded));
    } catch (broken) {
      answer = null;
      tries += 1;
      if (tries > TRIES) {
        throw broken;
      }
      await pause(Math.min(15000, 500 * 2 ** tries));
    }
    if (answer && answer.status === 204) {
      tries = 0;
      offset = Number(answer.getResponseHeader('Upload-Offset'));
      onProgress(offset);
      if (answer.getResponseHeader('Castloom-Job')) {
        return answer.getResponseHeader('Castloom-Job');
      }
    } else if (answer && answer.status !== 409 && answer.status < 500) {
      throw problem(answer);
    } else {
      if (answer && answer.status >= 500) {
        tries += 1;
        if (tries > TRIES) {
          throw problem(answer);
        }
        await pause(Math.min(15000, 500 * 2 ** tries));
      }
      const head = await request('HEAD', url, {}).catch(() => null);
      if (head && head.status === 200) {
        offset = Number(head.getResponseHeader('Upload-Offset'));
      }
    }
  }
}

export async function upload(file, wishes, list, onDone) {
  const bar = el('progress', { max: 1, value: 0, 'aria-label': `Sending ${file.name}` });
  const state = el('span', { class: 'dim' }, 'waiting');
  const item = el('li', {}, el('div', { class: 'row' }, el('span', {}, file.name), state), bar);
  list.prepend(item);
  try {
    await send(file, wishes, sent => {
      bar.value = file.size ? sent / file.size : 1;
      state.textContent = sent < file.size ? `${bytes(sent)} of ${bytes(file.size)}` : 'being looked at';
    });
    item.remove();
    onDone();
  } catch (fault) {
    bar.remove();
    state.className = 'problem';
    state.textContent = fault.message;
    item.append(el('button', { type: 'button', class: 'quiet', onclick: () => item.remove() }, 'Dismiss'));
  }
}
