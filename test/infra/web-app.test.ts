import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { edgeFunctionCode } from "#infra/edge-function.ts";
import { contentSecurityPolicy, webAppHeaders } from "#infra/web-headers.ts";
import { appFileOf } from "#infra/web-paths.ts";
import { readWebSettings } from "#infra/web-settings.ts";
import { ofType, type Resources, synthesize, targetOf, textOf } from "./stack-fixture.ts";

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods: readonly string[];
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: unknown }[];
}
interface DistributionConfig {
  readonly CacheBehaviors: readonly Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly Origins: readonly { readonly Id: string; readonly DomainName: unknown; readonly OriginAccessControlId?: unknown }[];
  readonly CustomErrorResponses?: unknown;
  readonly Logging: { readonly Bucket: unknown };
  readonly ViewerCertificate?: { readonly MinimumProtocolVersion: string };
  readonly Aliases?: readonly string[];
  readonly WebACLId?: string;
}

let resources: Resources;
const configOf = (from: Resources): DistributionConfig =>
  ofType(from, "AWS::CloudFront::Distribution")[0]![1].Properties["DistributionConfig"] as DistributionConfig;
const one = (type: string): Resources[string] => ofType(resources, type)[0]![1];
const originOf = ({ Origins }: DistributionConfig, { TargetOriginId }: Behavior): string =>
  textOf(Origins.find(({ Id }) => Id === TargetOriginId)!.DomainName);

beforeAll(() => {
  ({ resources } = synthesize({ digest: "d".repeat(64) }));
}, 120_000);

describe("the distribution", () => {
  it("serves the app's paths from its bucket and every other from the API, over TLS", () => {
    const config = configOf(resources);
    const places = [config.DefaultCacheBehavior, ...config.CacheBehaviors].map((behavior) => [
      behavior.PathPattern ?? "*",
      originOf(config, behavior).replace(/[0-9A-F]{8}/g, ""),
      behavior.AllowedMethods.length,
      behavior.ViewerProtocolPolicy,
    ]);
    const api = "<HttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>";
    expect(places).toEqual([
      ["*", api, 7, "redirect-to-https"],
      ["/", api, 7, "redirect-to-https"],
      ["/app", "<WebFiles.RegionalDomainName>", 2, "redirect-to-https"],
      ["/app/*", "<WebFiles.RegionalDomainName>", 2, "redirect-to-https"],
    ]);
  });

  it("keeps nothing of the API, hands it every header but Host, and turns none of its errors into a page", () => {
    const { CacheBehaviors, DefaultCacheBehavior, CustomErrorResponses } = configOf(resources);
    expect(CustomErrorResponses).toBeUndefined();
    for (const behavior of [DefaultCacheBehavior, CacheBehaviors[0]!]) {
      // AWS's own policies CachingDisabled and AllViewerExceptHostHeader, which together let Authorization through.
      expect(behavior.CachePolicyId).toBe("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
      expect(behavior.OriginRequestPolicyId).toBe("b689b0a8-53d0-40ab-baf2-68738e2966ac");
    }
    expect(DefaultCacheBehavior.FunctionAssociations).toBeUndefined();
  });

  it("reads a private bucket by a right of its own, and no other distribution may", () => {
    const [id, files] = ofType(resources, "AWS::S3::Bucket").find(([name]) => name.startsWith("WebFiles"))!;
    expect(files.Properties["PublicAccessBlockConfiguration"]).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(files.Properties["WebsiteConfiguration"]).toBeUndefined();
    const policy = ofType(resources, "AWS::S3::BucketPolicy").find(([, { Properties }]) => targetOf(Properties["Bucket"]) === id)![1];
    const allowed = (policy.Properties["PolicyDocument"] as { Statement: Record<string, unknown>[] }).Statement.filter(
      ({ Effect }) => Effect === "Allow",
    );
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({ Action: ["s3:GetObject", "s3:ListBucket"], Principal: { Service: "cloudfront.amazonaws.com" } });
    expect(JSON.stringify(allowed[0]!["Condition"])).toContain(ofType(resources, "AWS::CloudFront::Distribution")[0]![0]);
    expect(one("AWS::CloudFront::OriginAccessControl").Properties["OriginAccessControlConfig"]).toMatchObject({
      OriginAccessControlOriginType: "s3",
      SigningBehavior: "always",
      SigningProtocol: "sigv4",
    });
  });

  it("sends with the app the headers of the local server, the place of signing in added, and that TLS is to stay", () => {
    const app = configOf(resources).CacheBehaviors.find(({ PathPattern }) => PathPattern === "/app/*")!;
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = resources[app.ResponseHeadersPolicyId.Ref]!.Properties[
      "ResponseHeadersPolicyConfig"
    ] as {
      SecurityHeadersConfig: Record<string, Record<string, unknown>>;
      CustomHeadersConfig: { Items: { Header: string; Value: string; Override: boolean }[] };
    };
    const signIn = "https://<IdentityUsersSignIn>.auth.<AWS::Region>.amazoncognito.com";
    const sent = {
      ...Object.fromEntries(custom.Items.map(({ Header, Value }) => [Header, Value])),
      "content-security-policy": textOf(security["ContentSecurityPolicy"]!["ContentSecurityPolicy"]).replace(/[0-9A-F]{8}/g, ""),
      "referrer-policy": security["ReferrerPolicy"]!["ReferrerPolicy"],
      "x-content-type-options": security["ContentTypeOptions"] && "nosniff",
    };
    expect(sent).toEqual({ ...webAppHeaders(), "content-security-policy": contentSecurityPolicy({ connect: [signIn] }) });
    expect(security["StrictTransportSecurity"]).toEqual({ AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true });
    for (const header of [...custom.Items, ...Object.values(security)]) expect(header["Override"]).toBe(true);
  });

  it("keeps what its origin lets be kept, whoever asks, and logs every request", () => {
    expect(one("AWS::CloudFront::CachePolicy").Properties["CachePolicyConfig"]).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: "none" },
        HeadersConfig: { HeaderBehavior: "none" },
        QueryStringsConfig: { QueryStringBehavior: "none" },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    });
    expect(targetOf(configOf(resources).Logging.Bucket)).toMatch(/^SiteLogs/);
  });

  it("takes an operator's domain, certificate and web ACL, and asks for TLS 1.2 then", () => {
    const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000";
    const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/lab/0a1b2c3d-0000-4000-8000-000000000000";
    const settings = { domain: { name: "lab.example.com", certificateArn }, webAclArn };
    const { resources: given } = synthesize({ settings });
    expect(configOf(given)).toMatchObject({
      Aliases: ["lab.example.com"],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
      WebACLId: webAclArn,
    });
    const client = ofType(given, "AWS::Cognito::UserPoolClient")[0]![1].Properties;
    expect([client["CallbackURLs"], client["LogoutURLs"]]).toEqual([["https://lab.example.com/app/"], ["https://lab.example.com/app/"]]);
  }, 120_000);
});

describe("signing in", () => {
  it("gives codes only, for a client without a secret, and leads back to the app only", () => {
    const { Properties } = one("AWS::Cognito::UserPoolClient");
    expect(Properties).toMatchObject({
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["openid", "email"],
      GenerateSecret: false,
      EnableTokenRevocation: true,
      SupportedIdentityProviders: ["COGNITO"],
    });
    for (const name of ["CallbackURLs", "LogoutURLs"])
      expect((Properties[name] as unknown[]).map((url) => textOf(url).replace(/[0-9A-F]{8}/, ""))).toEqual([
        "https://<Site.DomainName>/app/",
      ]);
  });

  it("has a place whose name no other stack has", () => {
    expect(JSON.stringify(one("AWS::Cognito::UserPoolDomain").Properties["Domain"])).toContain('"AWS::StackId"');
  });
});

describe("publishing", () => {
  it("is done by a function of the stack whenever the app or its configuration is another", () => {
    const { Properties } = one("Custom::WebApp");
    expect(Properties["Digest"]).toBe("d".repeat(64));
    const config = JSON.parse(textOf(Properties["Config"]).replace(/[0-9A-F]{8}/g, "")) as object;
    expect(config).toEqual({
      mode: "cloud",
      sign_in: {
        domain: "https://<IdentityUsersSignIn>.auth.<AWS::Region>.amazoncognito.com",
        client_id: "<IdentityUsersClient>",
        issuer: "https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>/<IdentityUsers>",
      },
    });
    expect(targetOf(Properties["ServiceToken"])).toMatch(/^PublishWeb/);
    // Longer than the function may work, far shorter than the hour that CloudFormation would wait.
    expect(Properties["ServiceTimeout"]).toBe("360");
  });
});

interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly querystring: Readonly<Record<string, { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] }>>;
}
type EdgeAnswer =
  | { readonly uri: string }
  | { readonly statusCode: number; readonly headers: { readonly location: { readonly value: string } } };

describe("edgeFunctionCode", () => {
  const handler = runInNewContext(`${edgeFunctionCode()}; handler`) as (event: { request: EdgeRequest }) => EdgeAnswer;
  const ask = (uri: string, options: { accept?: string; query?: EdgeRequest["querystring"] } = {}) =>
    handler({
      request: {
        method: "GET",
        uri,
        headers: options.accept === undefined ? {} : { accept: { value: options.accept } },
        querystring: options.query ?? {},
      },
    });

  it("is small enough for CloudFront and uses nothing that its runtime lacks", () => {
    expect(edgeFunctionCode().length).toBeLessThan(10_240);
    expect(edgeFunctionCode()).not.toMatch(/require|import |process|fetch|await/);
  });

  it("finds the same file as the local server for every path of the app", () => {
    for (const path of [
      "/app/",
      "/app/models/spx_eq_swing_daily",
      "/app/models/v1.2/x",
      "/app/files/owners%2Flocal%2Fcard.json",
      "/app/index.html",
      "/app/config.json",
      "/app/mark.svg",
      "/app/assets/index-Ab3_x-9.js",
      "/app/assets/none",
    ])
      expect(ask(path), path).toMatchObject({ uri: `/app/${appFileOf(path)}` });
  });

  it("leads browsers from the start to the app with their query, and leaves programs to the API", () => {
    const led = ask("/", {
      accept: "text/html,application/xhtml+xml",
      query: { workspace: { value: "simulated" }, tag: { value: "a", multiValue: [{ value: "a" }, { value: "b" }] }, bare: { value: "" } },
    });
    expect(led).toMatchObject({ statusCode: 302, headers: { location: { value: "/app/?workspace=simulated&tag=a&tag=b&bare" } } });
    expect(ask("/", { accept: "application/json" })).toMatchObject({ uri: "/" });
    expect(ask("/")).toMatchObject({ uri: "/" });
    expect(ask("/app")).toMatchObject({ statusCode: 302, headers: { location: { value: "/app/" } } });
  });

  it("touches no other path", () => {
    for (const path of ["/v1/models", "/application", "/docs"]) expect(ask(path, { accept: "text/html" })).toMatchObject({ uri: path });
  });
});

describe("readWebSettings", () => {
  const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000";

  it("reads nothing from nothing, and a domain with its certificate", () => {
    expect(readWebSettings({ SIGMA_APP_DOMAIN: "" })).toEqual({});
    expect(readWebSettings({ SIGMA_APP_DOMAIN: "lab.example.com", SIGMA_APP_CERTIFICATE_ARN: certificate })).toEqual({
      domain: { name: "lab.example.com", certificateArn: certificate },
    });
  });

  it.each([
    [{ SIGMA_APP_DOMAIN: "lab.example.com" }, /the certificate is missing/],
    [{ SIGMA_APP_CERTIFICATE_ARN: certificate }, /the domain is missing/],
    [{ SIGMA_APP_DOMAIN: "https://lab.example.com", SIGMA_APP_CERTIFICATE_ARN: certificate }, /must be a domain name/],
    [{ SIGMA_APP_DOMAIN: "lab.example.com", SIGMA_APP_CERTIFICATE_ARN: certificate.replace("us-east-1", "eu-west-1") }, /in us-east-1/],
    [{ SIGMA_WEB_ACL_ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/x/0a" }, /global web ACL/],
  ])("refuses %j", (env, message) => {
    expect(() => readWebSettings(env)).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringMatching(message) }),
    );
  });
});
