import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { HttpApi, HttpMethod, HttpNoneAuthorizer, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge } from "../acknowledge.ts";

/** What anybody may ask: whether the service lives, and what its API is. Browsers ask for OPTIONS without credentials. */
const PUBLIC_ROUTES: readonly (readonly [HttpMethod, string])[] = [
  [HttpMethod.GET, "/healthz"],
  [HttpMethod.GET, "/v1/healthz"],
  [HttpMethod.GET, "/openapi.json"],
  [HttpMethod.GET, "/v1/openapi.json"],
  [HttpMethod.GET, "/docs"],
  [HttpMethod.GET, "/v1/docs"],
  [HttpMethod.OPTIONS, "/{proxy+}"],
];

/** The HTTP API: one app behind it, one authorizer before it. */
export class SigmaHttpApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, functions: { readonly api: LambdaFunction; readonly authorizer: LambdaFunction }) {
    super(scope, id);
    const integration = new HttpLambdaIntegration("App", functions.api, { scopePermissionToRoute: false });
    this.api = new HttpApi(this, "Api", {
      description: "Sigma Lab",
      createDefaultStage: false,
      defaultIntegration: integration,
      defaultAuthorizer: new HttpLambdaAuthorizer("Authorizer", functions.authorizer, {
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        identitySource: ["$request.header.Authorization"],
        // How long a revoked token may still be let in.
        resultsCacheTtl: Duration.minutes(1),
      }),
    });
    for (const [method, path] of PUBLIC_ROUTES) {
      const routes = this.api.addRoutes({ path, methods: [method], integration, authorizer: new HttpNoneAuthorizer() });
      for (const route of routes)
        acknowledge(route, "APIG4", "Public on purpose: health, the API's description and preflight requests hold nothing of an owner.");
    }

    const logs = new LogGroup(this, "AccessLogs", { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
    this.api.addStage("Live", {
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: { destination: new LogGroupLogDestination(logs) },
    });
  }
}
