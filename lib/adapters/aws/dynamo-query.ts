import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Query } from "../../ports/metadata-store.ts";
import type { Position } from "../record-cursor.ts";
import { prefixEnd, type SortKeyRange } from "../record-order.ts";

/** The name of the secondary index of each table. */
const INDEX_NAME = "by_index";

/**
 * The request for a query's records. DynamoDB takes one condition on the sort key and has no half-open interval, so a
 * range with both ends is asked closed and the caller drops what lies on an open end.
 */
export function queryInput(
  query: Query,
  range: SortKeyRange,
  from: Position | undefined,
  tableName: string,
  now: number,
): QueryCommandInput {
  const [partition, sort] = query.byIndex ? ["ipk", "isk"] : ["pk", "sk"];
  const values: Record<string, string | number> = { ":pk": query.pk, ":now": now };
  const { low, high } = range;
  let sortCondition = "";
  if (query.prefix && low?.inclusive && high === prefixEnd(query.prefix)) {
    sortCondition = " AND begins_with(#sk, :low)";
    values[":low"] = query.prefix;
  } else if (low && high !== undefined) {
    sortCondition = " AND #sk BETWEEN :low AND :high";
    values[":low"] = low.sk;
    values[":high"] = high;
  } else if (low) {
    sortCondition = ` AND #sk ${low.inclusive ? ">=" : ">"} :low`;
    values[":low"] = low.sk;
  } else if (high !== undefined) {
    sortCondition = " AND #sk < :high";
    values[":high"] = high;
  }
  return {
    TableName: tableName,
    ...(query.byIndex ? { IndexName: INDEX_NAME } : { ConsistentRead: true }),
    KeyConditionExpression: `#pk = :pk${sortCondition}`,
    FilterExpression: "attribute_not_exists(#expires) OR #expires >= :now",
    ExpressionAttributeNames: { "#pk": partition!, "#expires": "expires_at", ...(sortCondition !== "" && { "#sk": sort! }) },
    ExpressionAttributeValues: values,
    ScanIndexForward: !query.descending,
    ...(from && { ExclusiveStartKey: startKey(from) }),
  };
}

function startKey({ pk, sk, index }: Position): Record<string, string> {
  return index ? { pk, sk, ipk: index.pk, isk: index.sk } : { pk, sk };
}
