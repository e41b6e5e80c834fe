import type { StoredRecord, WriteCondition } from "../../ports/metadata-store.ts";
import { type CheckedRecord, counterValue } from "../record-limits.ts";

/** A record as DynamoDB keeps it. A counter has `counter`, every other record has `body` (canonical JSON). */
export interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly body?: string;
  readonly counter?: number;
  readonly ipk?: string;
  readonly isk?: string;
  readonly expires_at?: number;
  /** Marks the write that made this state, so that a retried write recognises itself. */
  readonly write_id?: string;
}

export function readItem(item: Item): StoredRecord {
  const { pk, sk, version, body, counter, ipk, isk, expires_at } = item;
  return {
    pk,
    sk,
    version,
    body: counter === undefined ? (JSON.parse(body ?? "{}") as StoredRecord["body"]) : { value: counter },
    ...(ipk !== undefined && isk !== undefined && { index: { pk: ipk, sk: isk } }),
    ...(expires_at !== undefined && { expiresAt: expires_at }),
  };
}

/** The parts of an UpdateItem (alone or in a transaction) that DynamoDB takes as expressions. */
export interface UpdateParts {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, string | number>;
}

/**
 * What must hold of the stored item. DynamoDB removes expired items days later, so each form says what an expired
 * one means; `expired` replaces one that is still there.
 */
export type ItemCondition = WriteCondition | "expired";

const ATTRIBUTES = { "#pk": "pk", "#version": "version", "#expires": "expires_at" };
const LIVE = "(attribute_not_exists(#expires) OR #expires >= :now)";

/** Names and values that a condition needs, and its text. `any` still wants a live item: an expired one is not carried on. */
export function conditionParts(
  condition: ItemCondition,
  now: number,
): { text: string; names: Record<string, string>; values: Record<string, number> } {
  const { "#pk": pk, "#version": version, "#expires": expires } = ATTRIBUTES;
  switch (condition) {
    case "any":
      return { text: LIVE, names: { "#expires": expires }, values: { ":now": now } };
    case "absent":
      return { text: "(attribute_not_exists(#pk) OR #expires < :now)", names: { "#pk": pk, "#expires": expires }, values: { ":now": now } };
    case "expired":
      return { text: "#expires < :now", names: { "#expires": expires }, values: { ":now": now } };
    default:
      return {
        text: `#version = :expected AND ${LIVE}`,
        names: { "#version": version, "#expires": expires },
        values: { ":expected": condition, ":now": now },
      };
  }
}

/** The update that leaves exactly the given record, whatever was there, when the condition holds. */
export function updateParts(record: CheckedRecord, condition: ItemCondition, now: number, writeId: string): UpdateParts {
  const wanted = conditionParts(condition, now);
  const counter = counterValue(JSON.parse(record.text) as StoredRecord["body"]);
  const attributes: Record<string, string | number | undefined> = {
    body: counter === undefined ? record.text : undefined,
    counter,
    ipk: record.index?.pk,
    isk: record.index?.sk,
    expires_at: record.expiresAt,
    write_id: writeId,
  };
  const names: Record<string, string> = { ...wanted.names, "#version": "version" };
  const values: Record<string, string | number> = { ...wanted.values, ":one": 1 };
  const sets: string[] = [];
  const removes: string[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const alias = name === "expires_at" ? "#expires" : `#${name}`;
    names[alias] = name;
    if (value === undefined) removes.push(alias);
    else {
      sets.push(`${alias} = :${name}`);
      values[`:${name}`] = value;
    }
  }
  if (condition === "any") {
    sets.push("#version = if_not_exists(#version, :zero) + :one");
    values[":zero"] = 0;
  } else if (typeof condition === "number") sets.push("#version = #version + :one");
  else sets.push("#version = :one");
  return {
    UpdateExpression: `SET ${sets.join(", ")}${removes.length > 0 ? ` REMOVE ${removes.join(", ")}` : ""}`,
    ConditionExpression: wanted.text,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
