import { CustomResource, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { WebConfig } from "#lib/accounts/web-config.schema.ts";
import { acknowledge } from "../acknowledge.ts";
import { edgeFunctionCode } from "../edge-function.ts";
import { contentSecurityPolicy, webAppHeaders } from "../web-headers.ts";
import { APP_BASE } from "../web-paths.ts";
import type { WebSettings } from "../web-settings.ts";

/** The bucket of the app's files. They can be built again, so it goes with the stack, emptied by whoever filled it. */
export class WebFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { accessLogs }: { readonly accessLogs: Bucket }) {
    super(scope, id);
    this.bucket = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "web/",
    });
  }
}

export interface WebAppProps {
  readonly files: Bucket;
  readonly api: HttpApi;
  readonly publish: LambdaFunction;
  readonly signIn: Extract<WebConfig, { mode: "cloud" }>["sign_in"];
  /** Digest of the built app: another one is published anew. */
  readonly digest: string;
  readonly settings: WebSettings;
}

/** The app and the API at one address: files from their bucket below `/app/`, everything else from the API. */
export class WebApp extends Construct {
  readonly distribution: Distribution;
  /** Where people open the app, and where signing in leads back to. */
  readonly address: string;

  constructor(scope: Construct, id: string, { files, api, publish, signIn, digest, settings }: WebAppProps) {
    super(scope, id);
    const edge = new EdgeFunction(this, "Paths", {
      comment: "Leads browsers to the app, and opens places inside it by its page",
      code: FunctionCode.fromInline(edgeFunctionCode()),
      runtime: FunctionRuntime.JS_2_0,
    });
    const before = [{ function: edge, eventType: FunctionEventType.VIEWER_REQUEST }];
    const app: BehaviorOptions = {
      // With the right to list, S3 says 404 of a file that is not there, and not 403.
      origin: S3BucketOrigin.withOriginAccessControl(files, { originAccessLevels: [AccessLevel.READ, AccessLevel.LIST] }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: this.asTheOriginSays(),
      responseHeadersPolicy: this.headers(signIn.domain),
      compress: true,
      functionAssociations: before,
    };
    const toApi: BehaviorOptions = {
      origin: new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        // The API answers within 29 seconds.
        readTimeout: Duration.seconds(30),
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Nothing is kept, so that Authorization is passed on and nobody gets another one's answer.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.encryptedOnly(),
      compress: true,
    };
    const { domain, webAclArn } = settings;
    this.distribution = new Distribution(this, "Site", {
      comment: "Sigma Lab: the web app and the API",
      defaultBehavior: toApi,
      additionalBehaviors: { "/": { ...toApi, functionAssociations: before }, "/app": app, "/app/*": app },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: this.logs(),
      logFilePrefix: "requests/",
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      ...(domain !== undefined && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    this.acknowledgeWhatIsLeftToOperators(settings);
    this.address = `https://${domain?.name ?? this.distribution.distributionDomainName}${APP_BASE}`;

    const config: WebConfig = { mode: "cloud", sign_in: signIn };
    const published = new CustomResource(this, "Published", {
      resourceType: "Custom::WebApp",
      serviceToken: publish.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: { Digest: digest, Config: Stack.of(this).toJsonString(config) },
    });
    // Its role may do nothing before its policy is there.
    published.node.addDependency(publish);
  }

  /** What is named by its content is kept for a year, the page is asked for each time; query and cookies change no file. */
  private asTheOriginSays(): CachePolicy {
    return new CachePolicy(this, "AsTheOriginSays", {
      comment: "Keeps what the origin lets be kept",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      cookieBehavior: CacheCookieBehavior.none(),
      headerBehavior: CacheHeaderBehavior.none(),
      queryStringBehavior: CacheQueryStringBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** The headers of the local server, and that the connection stays encrypted. */
  private headers(signInOrigin: string): ResponseHeadersPolicy {
    const {
      "content-security-policy": policy,
      "referrer-policy": referrer,
      "x-content-type-options": sniffing,
      ...others
    } = webAppHeaders();
    if (referrer !== HeadersReferrerPolicy.SAME_ORIGIN || sniffing !== "nosniff" || policy === undefined)
      throw new TypeError("The web app's headers have no form that CloudFront knows.");
    return new ResponseHeadersPolicy(this, "Headers", {
      comment: "Strict policy of the web app",
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy({ connect: [signInOrigin] }), override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: TRANSPORT,
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }

  private encryptedOnly(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "EncryptedOnly", {
      comment: "Connections stay encrypted",
      securityHeadersBehavior: { strictTransportSecurity: TRANSPORT },
    });
  }

  /** CloudFront writes by an access list, which the other buckets have no use for. */
  private logs(): Bucket {
    const bucket = new Bucket(this, "Logs", {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    acknowledge(bucket, "S1", "It holds logs itself.");
    return bucket;
  }

  private acknowledgeWhatIsLeftToOperators({ domain, webAclArn }: WebSettings): void {
    Validations.of(this.distribution).acknowledge({
      id: "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
      reason: "Below /app/ every path that is no file opens the page, so no request reaches the root of the bucket, which would list it.",
    });
    acknowledge(this.distribution, "CFR1", "Traders travel; which countries may use it is for the operator's web ACL to say.");
    if (webAclArn === undefined)
      acknowledge(
        this.distribution,
        "CFR2",
        "A web ACL must be made in us-east-1 and costs per month and request: an operator gives one by SIGMA_WEB_ACL_ARN. Without it the API's own throttle, quotas and authorizer hold.",
      );
    if (domain === undefined)
      acknowledge(
        this.distribution,
        "CFR4",
        "CloudFront's own certificate knows no minimum version; a domain of one's own (SIGMA_APP_DOMAIN) asks for TLS 1.2.",
      );
  }
}

const TRANSPORT = { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true };
