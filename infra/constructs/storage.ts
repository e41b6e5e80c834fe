import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, StorageClass } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { TABLES, type Table as TableName } from "#lib/ports/metadata-store.ts";

/** Artifacts in a bucket, records in three tables. Both outlive the stack. */
export class Storage extends Construct {
  readonly artifacts: Bucket;
  /** Who asked for what in the stack's buckets. */
  readonly accessLogs: Bucket;
  readonly tables: Readonly<Record<TableName, Table>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const closed = {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.accessLogs = new Bucket(this, "AccessLogs", { ...closed, lifecycleRules: [{ expiration: Duration.days(90) }] });
    this.artifacts = new Bucket(this, "Artifacts", {
      ...closed,
      versioned: true,
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: "artifacts/",
      lifecycleRules: [
        {
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
          noncurrentVersionExpiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    this.tables = Object.fromEntries(TABLES.map((name) => [name, this.table(name)])) as Record<TableName, Table>;
  }

  /** The attributes that the DynamoDB adapter reads and writes. */
  private table(name: TableName): Table {
    const table = new Table(this, `${name[0]!.toUpperCase()}${name.slice(1)}`, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expires_at",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(name === "signals" && { stream: StreamViewType.NEW_IMAGE }),
    });
    table.addGlobalSecondaryIndex({
      indexName: "by_index",
      partitionKey: { name: "ipk", type: AttributeType.STRING },
      sortKey: { name: "isk", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    return table;
  }
}
