import { bytes, el, enter, get, leave, token } from './api.js';
import * as jobs from './jobs.js';
import * as operator from './operator.js';
import { upload } from './uploads.js';

const $ = id => document.getElementById(id);
let view = null;
let timer = null;

async function tick() {
  clearTimeout(timer);
  if (!view) {
    return;
  }
  try {
    if (document.visibilityState === 'visible') {
      await (view === 'jobs' ? jobs.refresh($('jobs'), $('none'), $('more')) : operator.refresh());
    }
    $('fault').textContent = '';
  } catch (problem) {
    if (problem.status === 401) {
      signedOut('This token is not valid any more.');
      return;
    }
    $('fault').textContent = `${problem.message} Trying again.`;
  }
  timer = setTimeout(tick, view === 'jobs' ? 2500 : 5000);
}

function open(name) {
  view = name;
  for (const button of $('views').querySelectorAll('button')) {
    if (button.dataset.view === name) {
      button.setAttribute('aria-current', 'page');
    } else {
      button.removeAttribute('aria-current');
    }
  }
  $('jobs-view').hidden = name !== 'jobs';
  $('operator-view').hidden = name !== 'operator';
  tick();
}

function signedOut(words) {
  view = null;
  clearTimeout(timer);
  jobs.clear($('jobs'));
  for (const id of ['views', 'leave', 'jobs-view', 'operator-view']) {
    $(id).hidden = true;
  }
  $('account').textContent = '';
  $('login-problem').textContent = words;
  $('login').hidden = false;
  $('token').focus();
}

async function signedIn(account) {
  $('login').hidden = true;
  $('token').value = '';
  $('account').textContent = account.id;
  $('views').hidden = false;
  $('leave').hidden = false;
  $('operator-tab').hidden = !account.operator;
  $('limits').textContent = `Up to ${bytes(account.maxUploadBytes)} each; a broken connection goes on where it was.`;
  $('priority').value = account.priority;
  const all = (await get('/v1/profiles')).profiles;
  $('profiles').replaceChildren(el('legend', {}, 'Renditions'), ...all.map(profile => el('label', {},
    el('input', { type: 'checkbox', name: 'profile', value: profile.name, checked: profile.default }), ` ${profile.name}`)));
  open('jobs');
}

function send(files) {
  const chosen = [...document.querySelectorAll('input[name=profile]:checked')].map(box => box.value).join(',');
  const wishes = { priority: $('priority').value, ...(chosen ? { profiles: chosen } : {}) };
  for (const file of files) {
    upload(file, wishes, $('uploads'), tick);
  }
}

$('login-form').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await signedIn(await enter($('token').value.trim()));
  } catch (problem) {
    $('login-problem').textContent = problem.message;
  }
});
$('leave').addEventListener('click', async () => {
  await leave().catch(() => {});
  signedOut('');
});
$('views').addEventListener('click', event => {
  if (event.target.dataset.view) {
    open(event.target.dataset.view);
  }
});
$('files').addEventListener('change', event => {
  send(event.target.files);
  event.target.value = '';
});
$('more').addEventListener('click', () => jobs.showOlder($('jobs'), $('more')));
for (const type of ['dragover', 'dragleave', 'drop']) {
  $('drop').addEventListener(type, event => {
    event.preventDefault();
    $('drop').classList.toggle('over', type === 'dragover');
    if (type === 'drop') {
      send(event.dataTransfer.files);
    }
  });
}
document.addEventListener('visibilitychange', tick);

if (token()) {
  enter(token()).then(signedIn).catch(() => signedOut(''));
} else {
  signedOut('');
}
