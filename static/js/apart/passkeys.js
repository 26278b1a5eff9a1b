/* Passkeys in a form: the browser is asked, and what it answers goes along with the form. Where it has none, nothing shows. */
(() => {
  'use strict';
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const FRESH = 4 * 60 * 1000;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  /* Older browsers read and write no JSON of it themselves. */
  const described = (one) => ({ ...one, id: bytes(one.id) });
  const read = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(described) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(described) }),
  });
  const written = (made) => {
    const given = made.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    ['attestationObject', 'authenticatorData', 'signature', 'userHandle'].forEach((name) => {
      if (given[name]) response[name] = text(given[name]);
    });
    if (given.getTransports) response.transports = given.getTransports();
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  };

  const optionsFor = async (part) => {
    const answer = await fetch(part.dataset.options, { headers: { Accept: 'application/json' } });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      throw Object.assign(new Error(String(answer.status)), { said: problem.detail });
    }
    return read(await answer.json());
  };

  const WORDS = {
    NotAllowedError: 'cancelled',
    TimeoutError: 'cancelled',
    InvalidStateError: 'known',
    NotSupportedError: 'unable',
    ConstraintError: 'unable',
    SecurityError: 'elsewhere',
  };
  const say = (part, words) => {
    const told = part.closest('form').querySelector('[data-passkeys-told]');
    told.querySelector('p').textContent = words;
    told.hidden = !words;
  };
  const tell = (part, error) => say(part, error.said || part.dataset[WORDS[error.name] || 'failed']);

  /* The browser offers passkeys in the field of the user name; silently, since nobody has asked for it. Only one question
     can be open: a press of the button ends this one, and an old challenge is renewed when one comes back to the field. */
  const offer = async (part, send) => {
    if (!await window.PublicKeyCredential.isConditionalMediationAvailable?.()) return () => {};
    const field = part.closest('form').querySelector('[autocomplete="username"]');
    field.autocomplete = 'username webauthn';
    let open = null;
    let since = 0;
    const begin = async () => {
      open?.abort();
      const mine = new AbortController();
      open = mine;
      since = Date.now();
      try {
        const publicKey = await optionsFor(part);
        if (mine.signal.aborted) return;
        send(await navigator.credentials.get({ publicKey, mediation: 'conditional', signal: mine.signal }));
      } catch {
        /* The button is still there, and says what is wrong. */
      }
    };
    field.addEventListener('focus', () => { if (Date.now() - since > FRESH) begin(); });
    begin();
    return () => open?.abort();
  };

  document.querySelectorAll('[data-passkeys]').forEach((part) => {
    const form = part.closest('form');
    const button = part.querySelector('button');
    const makes = part.dataset.passkeys === 'make';
    let quit = () => {};
    const send = (made) => {
      part.querySelector('input[type="hidden"]').value = written(made);
      form.requestSubmit(button);
    };
    const ask = async () => {
      if (button.ariaBusy) return;
      button.ariaBusy = 'true';
      say(part, '');
      quit();
      try {
        const publicKey = await optionsFor(part);
        send(makes ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey }));
      } catch (error) {
        button.ariaBusy = null;
        tell(part, error);
      }
    };
    button.addEventListener('click', (event) => {
      event.preventDefault();
      ask();
    });
    part.hidden = false;
    form.hidden = false;
    /* Not on the page that says that one was refused: the browser might offer the same one for ever. */
    const isRefused = new URL(button.formAction).pathname === location.pathname;
    if ('begins' in part.dataset && !isRefused) offer(part, send).then((end) => { quit = end; });
  });
  document.querySelectorAll('[data-without-passkeys]').forEach((part) => { part.hidden = true; });
})();
