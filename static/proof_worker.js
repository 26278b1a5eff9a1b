/* Solves the puzzle that a form carries (forum/web/proof_of_work.py): for each part the first number whose SHA-256 with
   the puzzle begins with enough zero bits. SHA-256 is written out (FIPS 180-4): a call of crypto.subtle takes longer
   than the hash itself, and browsers offer it on secure addresses alone. */
'use strict';
const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number += 1) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}
const fraction = (value) => ((value - Math.floor(value)) * 0x100000000) | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const words = new Int32Array(64);
const turned = (word, by) => (word >>> by) | (word << (32 - by));

/* The first 32 bits of the hash of at most 55 ASCII signs, which are one block. */
const firstWord = (text) => {
  words.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = 8 * text.length;
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15];
    const late = words[at - 2];
    words[at] = words[at - 16] + (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3))
      + words[at - 7] + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return (START[0] + a) | 0;
};

const found = (beginning, bits) => {
  let number = 0;
  while (Math.clz32(firstWord(beginning + number)) < bits) number += 1;
  return number;
};

onmessage = ({ data: { puzzle, parts, bits } }) => {
  postMessage(Array.from({ length: parts }, (_none, part) => found(`${puzzle}.${part}.`, bits)).join('.'));
};
