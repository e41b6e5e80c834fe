import { nearestName } from "../errors/nearest.ts";
import { tightenBudget } from "../policies/tighten.ts";
import { type Finding, finding } from "./finding.ts";
import type { PackContent } from "./resolved-pack.ts";

/** What must fit together before a pack can be used at all: names, files that refer to each other, limits that only tighten. */
export function packReferences(content: PackContent): Finding[] {
  return [...ownNames(content), ...packRefersTo(content), ...templatesReferTo(content), ...profilesTighten(content)];
}

function ownNames({ pack, indicatorSets, strategies, riskProfiles, templates, documents }: PackContent): Finding[] {
  const findings: Finding[] = [];
  if (documents.read(`${pack.id}/pack.yaml`) === undefined)
    findings.push(finding("pack_id_differs", "id", `The pack's id "${pack.id}" is not its folder's name.`, "Give both the same name."));
  const kinds = { strategies, risk_profiles: riskProfiles, model_templates: templates };
  for (const [kind, items] of Object.entries(kinds)) {
    for (const [file, { name }] of items) {
      if (file !== name)
        findings.push(
          finding("name_differs", `${kind}.${file}`, `"${kind}/${file}.yaml" has the name "${name}".`, "Give both the same name."),
        );
    }
  }
  if (!indicatorSets.has("default"))
    findings.push(
      finding("default_set_missing", "indicator_sets", "There is no default indicator set.", 'Add "indicator_sets/default.yaml".'),
    );
  return findings;
}

function packRefersTo({ pack, strategies, policies, riskProfiles }: PackContent): Finding[] {
  const findings = [
    ...missing("strategies", pack.strategies, strategies.keys(), "strategies"),
    ...missing("policy", [pack.policy], policies.keys(), "policy_templates"),
    ...missing("risk_profiles", pack.risk_profiles, riskProfiles.keys(), "risk_profiles"),
    ...missing("default_risk_profile", [pack.default_risk_profile], pack.risk_profiles, "risk_profiles"),
  ];
  for (const name of strategies.keys()) {
    if (!pack.strategies.includes(name))
      findings.push(
        finding("strategy_unlisted", "strategies", `"strategies/${name}.yaml" is not listed in pack.yaml.`, "List it or remove the file."),
      );
  }
  if (!pack.supported_instruments.includes(pack.default_instrument))
    findings.push(
      finding(
        "default_instrument_unsupported",
        "default_instrument",
        `The default instrument "${pack.default_instrument}" is not supported.`,
        `Choose one of ${pack.supported_instruments.join(", ")}.`,
      ),
    );
  return findings;
}

function templatesReferTo({ pack, indicatorSets, strategies, policies, templates }: PackContent): Finding[] {
  return [...templates].flatMap(([file, { policy, model }]) => {
    const at = `model_templates.${file}`;
    return [
      ...missing(`${at}.policy`, [policy], policies.keys(), "policy_templates"),
      ...missing(`${at}.model.indicator_set`, [model.indicator_set], indicatorSets.keys(), "indicator_sets"),
      ...missing(`${at}.model.strategy`, model.strategy === null ? [] : [model.strategy], strategies.keys(), "strategies"),
      ...missing(`${at}.model.risk_profile`, [model.risk_profile], pack.risk_profiles, "risk_profiles"),
      ...missing(`${at}.model.horizon`, [model.horizon], pack.horizons, "horizons"),
      ...missing(`${at}.model.cadence`, [model.cadence], pack.cadences, "cadences"),
    ];
  });
}

function profilesTighten({ pack, riskProfiles }: PackContent): Finding[] {
  return [...riskProfiles].flatMap(([file, profile]) =>
    tightenBudget(pack.gates, profile.risk_budget).loosened.map(({ key, inForce, found }) =>
      finding(
        "gate_loosened",
        `risk_profiles.${file}.risk_budget.${key}`,
        `Profile "${file}" sets ${key} to "${found}", looser than the pack's "${inForce}".`,
        "A profile may only tighten the pack's gates: tighten it, or relax the pack's gate.",
      ),
    ),
  );
}

function missing(path: string, wanted: readonly string[], known: Iterable<string>, where: string): Finding[] {
  const names = [...known];
  return wanted
    .filter((name) => !names.includes(name))
    .map((name) => {
      const nearest = nearestName(name, names);
      const remedy = nearest ? `Did you mean "${nearest}"?` : `${where} has ${names.length > 0 ? names.join(", ") : "nothing"}.`;
      return finding("reference_unknown", path, `"${name}" is not in ${where}.`, remedy);
    });
}
