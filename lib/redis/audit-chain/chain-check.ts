/** The reading of a chain, line by line: what is in turn, late, ahead of its turn, or no entry at all. */
import { GENESIS, parseLine } from "./canonical";
import type { Anchor, ChainReport, VerifyOptions } from "./chain-report";
import { wrongWith } from "./entry-check";
import { Missing, MOST_PROBLEMS, type Problem, type ProblemKind } from "./problems";

interface Item extends Anchor {
  prev: string;
  /** Why it is not as a console wrote it; null when it is. */
  wrong: string | null;
}

export class ChainCheck {
  readonly #options: VerifyOptions;
  readonly #problems: Problem[] = [];
  readonly #notes: ChainReport["notes"] = [];
  readonly #missing = new Missing();
  /** Sequences accounted for although they did not stand in their place. */
  readonly #elsewhere = new Map<number, Problem | null>();
  #more = 0;
  #entries = 0;
  #firstSeq: number | null = null;
  /** The sequence that comes next; null before the first line. */
  #next: number | null = null;
  /** What the next entry may remember as the one before it; null: anything, because that one is not there. */
  #links: string[] | null = [GENESIS];
  #last: (Item & { linksBefore: string[] | null; problem: Problem | null }) | null = null;
  /** An entry ahead of its turn: what follows tells whether it is out of place or others are missing. */
  #early: Item | null = null;
  /** A line that was no entry: the next one tells whether it was torn. */
  #fragment: string | null = null;

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  /** Lines in the order in which they stand, without line ends. */
  push(line: string): void {
    const parsed = parseLine(line);
    if (this.#fragment !== null) this.#judgeFragment(parsed ? line : null);
    if (!parsed) {
      this.#fragment = line;
      return;
    }
    const { seq, prev, hash } = parsed.entry;
    this.#entries += 1;
    this.#firstSeq ??= seq;
    const wrong = wrongWith(parsed, this.#options.macKey);
    this.#begin(seq);
    // Its sequence alone was changed: it still remembers the entry before it.
    const isRenumbered = wrong !== null && this.#links?.includes(prev) && !this.#early && seq !== this.#next;
    this.#place({ seq: isRenumbered ? this.#next! : seq, prev, hash, wrong });
  }

  /** Call once, after the last line. */
  end(): ChainReport {
    this.#begin(1);
    if (this.#fragment !== null) {
      this.#report(this.#next!, "torn", "The last line is half a line. Its entry may be whole in Redis.");
      this.#elsewhere.set(this.#next!, null);
    }
    if (this.#early?.wrong) this.#report(this.#early.seq, "added", this.#early.wrong);
    else if (this.#early) this.#takeEarly(this.#early);
    this.#compareWithHead();
    for (const problem of this.#missing.problems()) this.#keep(problem);
    return {
      entries: this.#entries,
      firstSeq: this.#firstSeq,
      lastSeq: this.#last?.seq ?? null,
      lastHash: this.#last?.hash ?? null,
      problems: this.#problems.sort((a, b) => a.seq - b.seq),
      moreProblems: this.#more,
      notes: this.#notes,
    };
  }

  #begin(seq: number): void {
    if (this.#next !== null) return;
    const { base } = this.#options;
    const isKept = base && seq > base.seq;
    this.#next = isKept ? base.seq + 1 : 1;
    this.#links = [isKept ? base.hash : GENESIS];
  }

  #place(item: Item): void {
    if (item.seq === this.#next) this.#takeInTurn(item);
    else if (item.seq < this.#next!) this.#takeLate(item);
    else this.#takeAhead(item);
  }

  #takeInTurn(item: Item): void {
    this.#take(item);
    const early = this.#early;
    if (!early) return;
    this.#early = null;
    if (early.wrong) this.#report(early.seq, "added", early.wrong);
    else if (early.seq === this.#next) {
      this.#report(early.seq, "swapped", `It stands before entry ${item.seq}.`);
      this.#report(item.seq, "swapped", `It stands after entry ${early.seq}.`);
      this.#take(early);
    } else this.#setElsewhere(early);
  }

  #takeLate(item: Item): void {
    const last = this.#last;
    if (this.#missing.take(item.seq)) {
      this.#report(item.seq, "swapped", `It stands after entry ${this.#next! - 1}.`);
      if (item.wrong) this.#report(item.seq, "edited", item.wrong);
    } else if (last?.seq === item.seq && last.wrong && !item.wrong && last.linksBefore?.includes(item.prev)) {
      // The genuine one follows: what stood in its place was put in.
      if (last.problem) Object.assign(last.problem, { kind: "added" });
      this.#last = { ...item, linksBefore: last.linksBefore, problem: null };
      this.#links = [item.hash];
    } else {
      const isCopy = last?.hash === item.hash && last.seq === item.seq;
      this.#report(
        item.seq,
        "added",
        item.wrong ?? (isCopy ? "It stands here twice." : "It was here already."),
      );
      // Without a MAC either of two may be the genuine one: the next entry knows.
      if (last?.seq === item.seq && !item.wrong && !isCopy) this.#links?.push(item.hash);
    }
  }

  #takeAhead(item: Item): void {
    const early = this.#early;
    if (!early) {
      this.#early = item;
    } else if (item.seq < early.seq) {
      this.#early = null;
      if (early.wrong) this.#report(early.seq, "added", early.wrong);
      else this.#setElsewhere(early);
      this.#skipTo(item.seq);
      this.#take(item);
    } else if (early.wrong && item.seq !== early.seq + 1) {
      this.#report(early.seq, "added", early.wrong);
      this.#early = item;
    } else {
      this.#takeEarly(early);
      this.#place(item);
    }
  }

  /** Others are missing before it. */
  #takeEarly(early: Item): void {
    this.#early = null;
    this.#skipTo(early.seq);
    this.#take(early);
  }

  #setElsewhere(item: Item): void {
    this.#elsewhere.set(
      item.seq,
      this.#report(item.seq, "swapped", `It stands before entry ${this.#next! - 1}.`),
    );
  }

  #skipTo(seq: number): void {
    let from = this.#next!;
    for (const known of [...this.#elsewhere.keys()].sort((a, b) => a - b)) {
      if (known < from || known >= seq) continue;
      this.#missing.add(from, known - 1);
      from = known + 1;
    }
    this.#missing.add(from, seq - 1);
    this.#next = seq;
    this.#links = null;
  }

  #take(item: Item): void {
    const linksBefore = this.#links;
    let problem: Problem | null = null;
    const isPastHead = item.seq > (this.#options.head?.seq ?? Number.POSITIVE_INFINITY);
    if (item.wrong) problem = this.#report(item.seq, isPastHead ? "added" : "edited", item.wrong);
    else if (linksBefore && !linksBefore.includes(item.prev)) this.#reportLink(item);
    for (const anchor of [this.#options.head, this.#options.base]) {
      if (anchor?.seq !== item.seq || anchor.hash === item.hash || item.wrong) continue;
      problem = this.#report(item.seq, "edited", "The anchor remembers another hash for it.");
    }
    const before = this.#elsewhere.get(item.seq);
    if (before) Object.assign(before, { kind: "added", note: "It is in its place as well." });
    this.#last = { ...item, linksBefore, problem };
    // What was edited may carry the hash it had or another one: the next entry cannot be asked.
    this.#links = item.wrong ? null : [item.hash];
    this.#next = item.seq + 1;
  }

  #reportLink(item: Item): void {
    const { macKey } = this.#options;
    // Whoever has no MAC to forge rewrites the hash: then it is the entry before which is not what it was.
    const before = this.#last;
    if (!macKey && before)
      this.#report(before.seq, "edited", `Entry ${item.seq} remembers another hash for it.`);
    else this.#report(item.seq, "edited", "It does not continue the entry before it.");
  }

  #judgeFragment(next: string | null): void {
    const fragment = this.#fragment!.replace(/\ufffd+$/, "");
    this.#fragment = null;
    this.#begin(1);
    const seq = this.#next!;
    if (next !== null && fragment !== "" && next !== fragment && next.startsWith(fragment)) {
      this.#notes.push({ seq, note: "A torn line stands before it; the entry follows whole." });
      return;
    }
    this.#report(seq, "not-an-entry", "A line here is no entry.");
    this.#elsewhere.set(seq, null);
  }

  #compareWithHead(): void {
    const { head, macKey } = this.#options;
    if (!head) return;
    const next = this.#next!;
    if (next <= head.seq) {
      const note = `The chain ends at ${head.seq}; what is here ends at ${next - 1}.`;
      this.#keep({ seq: next, ...(head.seq > next ? { to: head.seq } : {}), kind: "cut", note });
    } else if (!macKey && next > head.seq + 1) {
      const note = "It stands after the head, and without CONSOLE_SECRET nobody can tell who wrote it.";
      const to = next - 1;
      this.#keep({ seq: head.seq + 1, ...(to > head.seq + 1 ? { to } : {}), kind: "added", note });
    }
  }

  #report(seq: number, kind: ProblemKind, note: string): Problem {
    return this.#keep({ seq, kind, note });
  }

  #keep(problem: Problem): Problem {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
    else this.#more += 1;
    return problem;
  }
}
