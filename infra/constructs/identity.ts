import { Duration, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { acknowledge } from "../acknowledge.ts";

/**
 * Who people are: a user pool whose access tokens the authorizer accepts, and the pages that sign people in. Accounts are made by an
 * operator.
 */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly issuer: string;
  /** Origin of the pages that sign people in. */
  readonly signInOrigin: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.pool = new UserPool(this, "Users", {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.pool,
      "COG8",
      "The plus plan's threat protection costs per user and month; a second factor is required and accounts are made by an operator.",
    );
    // Whoever an operator puts into it administers: the authorizer gives its members the scope "admin".
    new CfnUserPoolGroup(this, "Admins", { userPoolId: this.pool.userPoolId, groupName: "admin" });
    this.client = this.pool.addClient("Client", {
      generateSecret: false,
      authFlows: { userSrp: true },
      // A browser keeps no secret: a code is worth nothing without the verifier of who asked for it (PKCE).
      oAuth: { flows: { authorizationCodeGrant: true }, scopes: [OAuthScope.OPENID, OAuthScope.EMAIL] },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    const { region, urlSuffix, stackId } = Stack.of(this);
    // Unique in the region, as it must be, and the same in every deployment of this stack: the first part of its id.
    const own = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));
    const domain = this.pool.addDomain("SignIn", { cognitoDomain: { domainPrefix: `sigma-lab-${own}` } });
    this.signInOrigin = domain.baseUrl();
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
  }

  /** Where the pages that sign people in may lead to. Told later, as the app's address needs the API, and that the client's id. */
  leadTo(address: string): void {
    const client = this.client.node.defaultChild as CfnUserPoolClient;
    client.callbackUrLs = [address];
    client.logoutUrLs = [address];
  }
}
