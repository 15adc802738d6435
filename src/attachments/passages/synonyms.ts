import { termOf, wordsOf } from './words.ts';

/**
 * Words of a question that a document may say otherwise, as people ask `how long` where it says `duration`. Everyday
 * English only: words of a trade are the same in both.
 */
const groups = [
	'run execute launch start invoke call perform',
	'begin start initial first',
	'stop end finish terminate abort cancel quit exit halt',
	'remove delete erase discard drop dump clear',
	'throw discard dump',
	'add insert append include attach',
	'show display print list output present',
	'see show display debug',
	'make create build construct generate produce',
	'change modify edit alter update adjust configure',
	'get receive obtain fetch retrieve read',
	'send transmit submit pass dispatch',
	'give provide supply return pass specify',
	'hand pass',
	'choose select pick specify',
	'need require required mandatory necessary must',
	'allow permit enable let may',
	'prevent forbid prohibit disallow block avoid override',
	'large big size maximum',
	'small little minimum',
	'long length duration time timeout period',
	'longest largest highest most maximum max limit',
	'shortest smallest lowest least oldest minimum min',
	'many number count amount multiple',
	'several multiple various some',
	'twice multiple again repeat',
	'again repeat retry',
	'try attempt retry',
	'default usual standard normally',
	'error failure fault exception problem mistake',
	'wrong error invalid incorrect',
	'fail failure break broken',
	'danger dangerous risk security warning unsafe',
	'wait delay pause interval sleep backoff',
	'slow slower longer',
	'fast quick speed performance',
	'merge combine join wrap unite compose',
	'split divide separate cut',
	'open establish connect opened',
	'close shut disconnect',
	'before prior preceding previous',
	'after following subsequent next later',
	'last final end',
	'sequence order sort',
	'price cost fee charge tariff rate',
	'pay payment charge',
	'buy purchase order',
	'help assist support assistance',
	'flag option switch',
	'folder directory path',
	'where directory location path',
	'web internet online network',
	'own custom',
	'variable environment env',
	'picture image figure photo photograph',
	'check verify validate test validation',
	'record save store capture',
	'keep store save retain preserve hold',
	'survive persist keep',
	'replay play playback',
	'old former previous legacy earlier',
	'new latest recent current',
	'empty blank none',
	'whole entire complete all full',
	'part section portion piece',
	'room space capacity full',
	'same identical equal',
	'difference differ different compare comparison similar',
	'increase grow rise raise factor',
	'multiplied multiply factor multiplier',
	'decrease reduce lower shrink',
	'find search locate look',
	'know tell check determine',
	'use employ utilise apply',
	'cause reason because',
	'way method approach',
	'simultaneously concurrent parallel once',
	'same concurrent simultaneously',
	'limit restrict bound maximum',
	'alone single only individual',
	'each every per',
	'share reuse common',
	'car vehicle automobile',
	'boat ship vessel',
	'job work task',
	'boss manager supervisor',
	'doctor physician',
	'ill sick illness disease',
	'law rule regulation statute',
	'start founding founded established',
	'born birth',
	'died death dead',
	'build built construct erected',
	'writer author written',
	'deadline due date',
	'rent lease',
	'phone telephone call',
	'address location',
	'email mail contact',
	'guarantee warranty',
	'return refund',
	'child children minor',
	'salary wage pay compensation',
	'holiday vacation leave',
];

const byTerm = new Map<string, Set<string>>();
for (const group of groups) {
	const terms = termsIn(group);
	for (const term of terms) {
		const others = byTerm.get(term) ?? new Set<string>();
		terms.filter((other) => other !== term).forEach((other) => others.add(other));
		byTerm.set(term, others);
	}
}

/** What a text could also have said, without what it says. */
export function synonymsOf(text: string): readonly string[] {
	const said = new Set(termsIn(text));
	const others = [...said].flatMap((term) => [...(byTerm.get(term) ?? [])]);
	return [...new Set(others)].filter((term) => !said.has(term));
}

function termsIn(text: string): readonly string[] {
	return wordsOf(text)
		.map(termOf)
		.filter((term) => term !== false);
}
