import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { TABLES, type Table } from "#lib/ports/metadata-store.ts";

const S = "S" as const;

/** Makes the tables that `createDynamoMetadataStore` needs, as the stack deploys them. */
export async function createDynamoTables(client: DynamoDBClient, prefix: string): Promise<Record<Table, string>> {
  for (const table of TABLES) {
    await client.send(
      new CreateTableCommand({
        TableName: `${prefix}-${table}`,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["pk", "sk", "ipk", "isk"].map((AttributeName) => ({ AttributeName, AttributeType: S })),
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "by_index",
            KeySchema: [
              { AttributeName: "ipk", KeyType: "HASH" },
              { AttributeName: "isk", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { TableName: `${prefix}-${table}` });
  }
  return { state: `${prefix}-state`, signals: `${prefix}-signals`, idempotency: `${prefix}-idempotency` };
}
