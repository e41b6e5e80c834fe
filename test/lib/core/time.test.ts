import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dateOfDayNumber,
  dayNumberOf,
  dayOfWeekOf,
  formatDate,
  hourEtOf,
  minuteEtOf,
  newYorkOffsetMs,
  newYorkWallToUtc,
  parseDate,
  sessionDateOf,
  wallMsOf,
  zonedWallToUtc,
  zoneOffsetMs,
} from "#lib/core/time.ts";

const HOUR = 3_600_000;
const utc = (text: string): number => Date.parse(text);

describe("newYorkOffsetMs", () => {
  // The first and last instants of daylight time, from the tz database (America/New_York).
  it.each([
    ["1990-04-01T06:59:59Z", -5],
    ["1990-04-01T07:00:00Z", -4],
    ["1990-10-28T05:59:59Z", -4],
    ["1990-10-28T06:00:00Z", -5],
    ["2006-04-02T07:00:00Z", -4],
    ["2006-10-29T06:00:00Z", -5],
    ["2007-03-11T06:59:59Z", -5],
    ["2007-03-11T07:00:00Z", -4],
    ["2007-11-04T05:59:59Z", -4],
    ["2007-11-04T06:00:00Z", -5],
    ["2024-03-10T07:00:00Z", -4],
    ["2024-11-03T06:00:00Z", -5],
    ["2000-01-01T00:00:00Z", -5],
    ["1999-12-31T23:59:59Z", -5],
  ])("is right at %s", (text, hours) => {
    expect(newYorkOffsetMs(utc(text)) / HOUR).toBe(hours);
  });

  it("agrees with the runtime's time zone data at every hour around each clock change, and every sixth hour, 1990-2030", () => {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", hourCycle: "h23", day: "2-digit", hour: "2-digit" });
    const differing: string[] = [];
    for (let ms = utc("1990-01-01T00:00:00Z"); ms < utc("2031-01-01T00:00:00Z"); ms += 6 * HOUR) {
      const parts = format.formatToParts(ms);
      const day = Number(parts.find((part) => part.type === "day")?.value);
      const hour = Number(parts.find((part) => part.type === "hour")?.value);
      if (sessionDateOf(ms) % 100 !== day || hourEtOf(ms) !== hour) differing.push(new Date(ms).toISOString());
      const changes = newYorkOffsetMs(ms) !== newYorkOffsetMs(ms + 6 * HOUR);
      for (let step = 1; changes && step < 6; step++) {
        const at = ms + step * HOUR;
        const inner = Number(format.formatToParts(at).find((part) => part.type === "hour")?.value);
        if (hourEtOf(at) !== inner) differing.push(new Date(at).toISOString());
      }
    }
    expect(differing).toEqual([]);
  });
});

describe("newYorkWallToUtc", () => {
  it("maps the opening bell in summer and winter", () => {
    expect(newYorkWallToUtc(2024, 7, 1, 9, 30)).toBe(utc("2024-07-01T13:30:00Z"));
    expect(newYorkWallToUtc(2024, 1, 2, 9, 30)).toBe(utc("2024-01-02T14:30:00Z"));
  });

  it("takes the first of two instants in the repeated hour", () => {
    expect(newYorkWallToUtc(2024, 11, 3, 1, 30)).toBe(utc("2024-11-03T05:30:00Z"));
  });

  it("reads a time that the clock skips as standard time", () => {
    expect(newYorkWallToUtc(2024, 3, 10, 2, 30)).toBe(utc("2024-03-10T07:30:00Z"));
  });

  it("inverts sessionDateOf, hourEtOf and minuteEtOf outside the repeated hour", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumberOf(19900101), max: dayNumberOf(20301231) }),
        fc.integer({ min: 180, max: 1439 }),
        (day, minute) => {
          const date = dateOfDayNumber(day);
          const ms = newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, minute);
          expect([sessionDateOf(ms), hourEtOf(ms), minuteEtOf(ms)]).toEqual([date, Math.floor(minute / 60), minute]);
        },
      ),
    );
  });
});

describe("sessionDateOf", () => {
  it("is the New York date, which changes hours after UTC's", () => {
    expect(sessionDateOf(utc("2024-07-02T03:59:59Z"))).toBe(20240701);
    expect(sessionDateOf(utc("2024-07-02T04:00:00Z"))).toBe(20240702);
  });
});

describe("dayOfWeekOf", () => {
  it("counts from Monday = 0", () => {
    expect([20240701, 20240702, 20240703, 20240704, 20240705, 20240706, 20240707].map(dayOfWeekOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("is Thursday on the day that UTC milliseconds start, and Wednesday the day before", () => {
    expect([dayOfWeekOf(19700101), dayOfWeekOf(19691231)]).toEqual([3, 2]);
  });
});

describe("dateOfDayNumber", () => {
  it("inverts dayNumberOf and agrees with Date", () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), (day) => {
        const date = dateOfDayNumber(day);
        expect(dayNumberOf(date)).toBe(day);
        expect(formatDate(date)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });
});

describe("parseDate", () => {
  it("inverts formatDate", () => {
    expect(parseDate("2024-07-01")).toBe(20240701);
    expect(formatDate(20240701)).toBe("2024-07-01");
    expect(parseDate("2024-02-29")).toBe(20240229);
  });

  it.each(["2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-04-01", "2024-4-1", "2024-04-01 ", "yesterday", ""])(
    'refuses "%s" and names the field',
    (text) => {
      expect(() => parseDate(text, "window.start")).toThrowError(
        expect.objectContaining({
          code: "INVALID_PARAM",
          message: `window.start must be a date that exists, written "YYYY-MM-DD"; found ${JSON.stringify(text)}.`,
          fieldErrors: [{ path: "window.start", issue: 'must be a date that exists, written "YYYY-MM-DD"' }],
        }),
      );
    },
  );
});

describe("zoneOffsetMs", () => {
  it("knows zones with halves of hours and zones without daylight time", () => {
    expect(zoneOffsetMs("Asia/Kolkata", utc("2024-01-01T00:00:00Z")) / HOUR).toBe(5.5);
    expect(zoneOffsetMs("Asia/Shanghai", utc("2024-07-01T00:00:00Z")) / HOUR).toBe(8);
    expect(zoneOffsetMs("UTC", 0)).toBe(0);
    expect(zoneOffsetMs("America/New_York", utc("2024-07-01T00:00:00Z")) / HOUR).toBe(-4);
  });

  it("refuses a name that is no zone", () => {
    expect(() => zoneOffsetMs("Gotham City", 0)).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: 'The time zone must be an IANA time zone such as "America/New_York" or "UTC"; found "Gotham City".',
      }),
    );
  });

  it.each([
    ["America/NewYork", "America/New_York"],
    ["New York", "America/New_York"],
    ["chicago", "America/Chicago"],
    ["Europe/Lonodn", "Europe/London"],
  ])("names the nearest zone to %j", (name, zone) => {
    expect(() => zoneOffsetMs(name, 0)).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: `The time zone must be an IANA time zone such as "America/New_York" or "UTC"; found "${name}". Did you mean "${zone}"?`,
        fieldErrors: [{ path: "timezone", issue: expect.stringContaining(`did you mean "${zone}"?`) }],
      }),
    );
  });
});

describe("zonedWallToUtc", () => {
  it("maps wall clocks of several zones", () => {
    const wall = wallMsOf(2024, 7, 1, 15, 30);
    expect(zonedWallToUtc("Europe/London", wall)).toBe(utc("2024-07-01T14:30:00Z"));
    expect(zonedWallToUtc("Asia/Shanghai", wall)).toBe(utc("2024-07-01T07:30:00Z"));
    expect(zonedWallToUtc("UTC", wall)).toBe(utc("2024-07-01T15:30:00Z"));
  });

  it("takes the first instant of a repeated hour and the old offset in a skipped one", () => {
    // London: clocks went back at 02:00 BST on 2024-10-27, forward at 01:00 GMT on 2024-03-31.
    expect(zonedWallToUtc("Europe/London", wallMsOf(2024, 10, 27, 1, 30))).toBe(utc("2024-10-27T00:30:00Z"));
    expect(zonedWallToUtc("Europe/London", wallMsOf(2024, 3, 31, 1, 30))).toBe(utc("2024-03-31T01:30:00Z"));
  });

  it("agrees with newYorkWallToUtc", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumberOf(19900102), max: dayNumberOf(20301230) }),
        fc.integer({ min: 0, max: 1439 }),
        (day, minute) => {
          const date = dateOfDayNumber(day);
          const [year, month, dayOfMonth] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
          expect(zonedWallToUtc("America/New_York", wallMsOf(year, month, dayOfMonth, 0, minute))).toBe(
            newYorkWallToUtc(year, month, dayOfMonth, 0, minute),
          );
        },
      ),
    );
  });
});
