/* settings.c: the defaults of what the user can ask for, and what cannot hold
 * together: found before any work, not after an hour of it. */
#include "cli/ask/settings.h"

#include "cli/ask/rfm_values.h"

#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void cli_settings_defaults(cli_settings *set)
{
    memset(set, 0, sizeof *set);
    TSL_DEFAULTS(table, &set->tables);
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        set->table[kind].delimiter = set->tables.delimiter;
        set->table[kind].header = set->tables.header;
        set->table[kind].dates = (int)set->tables.dates;
        set->table[kind].encoding = (int)set->tables.encoding;
        set->table[kind].decimal = (int)set->tables.decimal;
        set->table[kind].reject_orphans = set->tables.reject_orphans;
    }
    TSL_DEFAULTS(exec, &set->exec);
    set->any = set->table[TSL_TRANSACTIONS];
    set->as_of = set->until = TSL_NO_DAY;
    TSL_DEFAULTS(feature, &set->features);
    TSL_DEFAULTS(tree, &set->tree);
    TSL_DEFAULTS(kmeans, &set->kmeans);
    set->evidence = 1;
    TSL_DEFAULTS(quality, &set->quality);
    set->judged_scale = TSL_SCALE_NONE;
    TSL_DEFAULTS(evaluation, &set->evaluation);
    TSL_DEFAULTS(label, &set->label);
    set->label.tier_grace = 1;
    set->crm = -1;
    TSL_DEFAULTS(rules, &set->rules);
    TSL_DEFAULTS(run, &set->run);
    TSL_DEFAULTS(next, &set->next);
    TSL_DEFAULTS(report, &set->report);
    TSL_DEFAULTS(scenario, &set->scenario);
    TSL_DEFAULTS(valuation, &set->valuation);
    TSL_DEFAULTS(rfm, &set->rfm.options);
}

void cli_list_add(cli_list *list, const char *text)
{
    list->item = cli_grow(list->item, list->count, sizeof *list->item);
    list->item[list->count++] = text;
}

void cli_key_place_add(cli_settings *set, const char *said, const char *path, const char *where)
{
    set->key_place = cli_grow(set->key_place, set->key_place_count, sizeof *set->key_place);
    set->key_place[set->key_place_count++] = (cli_key_place){said, path, where};
}

cli_source cli_settings_get_source(const cli_settings *set, const char *name)
{
    int from = CLI_DEFAULT; /* an option that says something else to another command stands in the table twice */
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        const cli_param *param = cli_params_get(i);
        if ((param->option && strcmp(param->option, name) == 0) || (param->key && strcmp(param->key, name) == 0)) {
            from = set->given[i] > from ? set->given[i] : from;
        }
    }
    return (cli_source)from;
}

/* How the user wrote a parameter: "--k-min" or "cluster.k_min". */
static const char *written(const cli_settings *set, const char *option)
{
    const cli_param *param = cli_params_get_option(option);
    return cli_settings_get_source(set, option) == CLI_CONFIG ? param->key : cli_format("--%s", option);
}

/* Two parameters that say the same thing twice: the command line's stands
 * before the configuration's, and two of one place contradict each other.
 * *second: whether the second one is to be followed. */
static tsl_status choose(const cli_settings *set, const char *a, const char *b, int *second, tsl_error *err)
{
    cli_source from_a = cli_settings_get_source(set, a), from_b = cli_settings_get_source(set, b);
    *second = from_b > from_a;
    if (from_a == from_b && from_a != CLI_DEFAULT) {
        return cli_fail(err, TSL_E_OPTION, "%s and %s contradict each other: give one of them", written(set, a),
                        written(set, b));
    }
    return TSL_OK;
}

static tsl_status check_days(cli_settings *set, tsl_error *err)
{
    int by_until;
    tsl_status status = choose(set, "as-of", "until", &by_until, err);
    if (status == TSL_OK && by_until) {
        set->as_of = set->until + 1;
    }
    return status;
}

/* Given centres say k and make one run. What the configuration says besides gives
 * way to centres on the command line, and its centres to a sweep on it; two of one
 * place contradict each other. A k beside centres is compared with their number
 * once they are read. */
static tsl_status check_init(cli_settings *set, tsl_error *err)
{
    static const char *const others[] = {"k-min", "k-max", "restarts"};
    const cli_source init = cli_settings_get_source(set, "init");
    for (size_t i = 0; i < sizeof others / sizeof *others && set->init; i++) {
        const cli_source other = cli_settings_get_source(set, others[i]);
        if (other > init) {
            set->init = NULL;
        } else if (other == init) {
            return cli_fail(err, TSL_E_OPTION, "%s does nothing beside %s, whose rows are the centres of the one run",
                            written(set, others[i]), written(set, "init"));
        }
    }
    if (set->init && cli_settings_get_source(set, "k") < init) {
        set->kmeans.k = 0;
    }
    return TSL_OK;
}

static tsl_status check_k(cli_settings *set, tsl_error *err)
{
    static const char *const bounds[] = {"k-min", "k-max"};
    for (size_t i = 0; i < 2; i++) {
        int by_bound;
        tsl_status status = choose(set, "k", bounds[i], &by_bound, err);
        if (status != TSL_OK) {
            return status;
        }
        if (by_bound) {
            set->kmeans.k = 0; /* a sweep asked for on the command line, over the configuration's k */
        }
    }
    return TSL_OK;
}

/* Typical places that the command line asks for, over what the configuration says. */
static void drop_start(cli_settings *set)
{
    tsl_kmeans_options defaults;
    TSL_DEFAULTS(kmeans, &defaults);
    set->kmeans.k = defaults.k;
    set->kmeans.k_min = defaults.k_min;
    set->kmeans.k_max = defaults.k_max;
    set->run.k_min_asked = set->run.k_max_asked = 0;
    set->init = NULL;
}

/* A tree of a target knows no places, and is no k-means: as above, the command line stands before the configuration. */
static tsl_status check_target(cli_settings *set, tsl_error *err)
{
    const struct {
        const char *option, **value;
    } others[] = {{"anchors", &set->anchors}, {"init", &set->init}};
    const cli_source from = cli_settings_get_source(set, "target");
    if (!set->by_tree && cli_settings_get_source(set, "method") > from) {
        set->run.target = NULL;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others && set->run.target; i++) {
        const cli_source other = cli_settings_get_source(set, others[i].option);
        if (!*others[i].value || strcmp(*others[i].value, "none") == 0) {
            continue;
        }
        if (other == from) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s and %s contradict each other: segments by a target are the leaves of a tree, which no "
                            "places draw",
                            written(set, others[i].option), written(set, "target"));
        }
        if (other > from) {
            set->run.target = NULL;
            set->by_tree = 0;
        } else {
            *others[i].value = NULL;
        }
    }
    return TSL_OK;
}

/* What says how clusters are found, so that the segments of a previous run do not evolve but are matched to them; NULL:
 * nothing does. */
static const char *find_anew(const cli_settings *set)
{
    static const char *const ways[] = {"target", "k", "k-min", "k-max", "init", "anchors"};
    const char *found = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !found; i++) {
        found = cli_settings_get_source(set, ways[i]) != CLI_DEFAULT ? ways[i] : NULL;
    }
    return found;
}

static tsl_status check_previous(cli_settings *set, tsl_error *err)
{
    if (set->model || set->command == CLI_LABEL) { /* it tells which tiers customers had, and nothing of the clusters */
        return TSL_OK;
    }
    if (set->command == CLI_INSPECT) {
        return TSL_OK; /* whose changes are told */
    }
    if (set->command != CLI_RUN && set->command != CLI_CHECK) {
        set->previous = NULL; /* of a configuration that several commands share */
        return TSL_OK;
    }
    if (!set->previous && cli_settings_get_source(set, "hold") == CLI_LINE) {
        return cli_fail(err, TSL_E_OPTION, "--hold goes with --previous");
    }
    const char *anew = set->previous ? find_anew(set) : NULL;
    if (anew && cli_settings_get_source(set, "hold") == CLI_LINE) {
        return cli_fail(err, TSL_E_OPTION,
                        "--hold: with %s segments are found anew, and nobody holds one of the previous run; without it "
                        "they evolve",
                        written(set, anew));
    }
    return TSL_OK;
}

/* What segments by a target are not found by: k-means, its evidence, and the tree that explains clusters. What says
 * that there is none of it is as it is. */
static tsl_status check_idle(cli_settings *set, tsl_error *err)
{
    const struct {
        const char *option;
        int holds; /* as it is */
    } idle[] = {{"evidence", set->evidence == 0},
                {"dunn", !set->run.dunn},
                {"apart", set->apart == TSL_APART_NONE},
                {"holdout", set->run.holdout_days == 0 || (set->run.target && strcmp(set->run.target, "next") == 0)},
                {"weight", 0},
                {"restarts", 0},
                {"max-iterations", 0},
                {"tolerance", 0},
                {"silhouette-rows", 0},
                {"leaves", 0},
                {"tree", 0},
                {"round", 0}};
    for (size_t i = 0; i < sizeof idle / sizeof *idle && set->run.target; i++) {
        const cli_source from = cli_settings_get_source(set, idle[i].option);
        if (!idle[i].holds && from != CLI_DEFAULT && from >= cli_settings_get_source(set, "target")) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s does nothing beside %s: segments are the leaves of the target's tree",
                            written(set, idle[i].option), written(set, "target"));
        }
    }
    set->weight = set->run.target ? NULL : set->weight; /* of the configuration, for other runs */
    return TSL_OK;
}

/* A tree tells a target, and only a tree does. */
static tsl_status check_method(cli_settings *set, tsl_error *err)
{
    if (set->by_tree && !set->run.target) {
        return cli_fail(err, TSL_E_OPTION, "--method tree needs --target NAME, a feature that the tree tells");
    }
    if (set->run.target && !set->by_tree &&
        cli_settings_get_source(set, "method") == cli_settings_get_source(set, "target")) {
        return cli_fail(err, TSL_E_OPTION, "--target goes with --method tree");
    }
    return check_idle(set, err);
}

/* A k, or a range of it, that is asked for is found by k-means alone, and so is what
 * given centres begin. */
static tsl_status check_anchors(cli_settings *set, tsl_error *err)
{
    static const char *const plain[] = {"k", "k-min", "k-max", "init"};
    const cli_source from = cli_settings_get_source(set, "anchors");
    const int draws = set->anchors && strcmp(set->anchors, "none") != 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        const cli_source other = cli_settings_get_source(set, plain[i]);
        if (other == CLI_DEFAULT) {
            continue;
        }
        if (draws && other == from) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s and %s contradict each other: there are as many clusters as places that draw them",
                            written(set, plain[i]), written(set, "anchors"));
        }
        if (draws && from > other) {
            drop_start(set);
            return TSL_OK;
        }
        set->anchors = "none";
        set->apart = set->apart || i == 3 ? set->apart : TSL_APART_POTENTIAL;
    }
    return TSL_OK;
}

/* Adds a feature that the basis names to those that are included, by which errors tell it. */
static void include_named(cli_settings *set, const char *name)
{
    const int configured = cli_settings_get_source(set, "basis") == CLI_CONFIG;
    const char *where = NULL;
    for (size_t i = 0; i < set->key_place_count && configured; i++) {
        where = strcmp(set->key_place[i].said, "cluster.basis") == 0 ? set->key_place[i].where : where;
    }
    cli_list_add(&set->include, name);
    cli_key_place_add(set, cli_format("cluster.include.%s", name), "cluster.basis", where);
}

/* "core+age,income": a basis, and features that are added to it. */
static tsl_status check_basis(cli_settings *set, tsl_error *err)
{
    const char *from = set->basis, *names[TSL_BASES];
    size_t length = from ? strcspn(from, "+,") : 0, count = 0;
    for (int basis = TSL_BASIS_DEFAULT + 1; from && basis < TSL_BASES; basis++) {
        const char *name = names[count++] = tsl_basis_get_name((tsl_basis)basis);
        if (strlen(name) == length && strncmp(from, name, length) == 0) {
            set->named_basis = (tsl_basis)basis;
        }
    }
    if (from && !set->named_basis) {
        const char *seen = cli_copy(from, length), *nearest = tsl_name_get_nearest(seen, names, count);
        return cli_fail(err, TSL_E_OPTION,
                        "%s: \"%s\" is none%s%s%s; expected core, numeric, all, demographic, behavioral or value, "
                        "and +NAME,... for what is added to it",
                        written(set, "basis"), seen, nearest ? " (did you mean " : "", nearest ? nearest : "",
                        nearest ? "?)" : "");
    }
    while (from && from[length]) {
        from += length + 1;
        length = strcspn(from, "+,");
        if (length == 0) {
            return cli_fail(err, TSL_E_OPTION,
                            "%s: \"%s\" lacks the name of a feature behind + or a comma: core+age,income adds two",
                            written(set, "basis"), set->basis);
        }
        include_named(set, cli_copy(from, length));
    }
    return TSL_OK;
}

#define USUAL_VALUE "monetary_total"

tsl_status cli_cuts_check(const cli_settings *set, const char *origin, const char *of, tsl_error *err)
{
    const char *value = set->label.value;
    of = of ? of : USUAL_VALUE;
    return !value || strcmp(value, of) == 0
               ? TSL_OK
               : cli_fail(err, TSL_E_OPTION,
                          "%s: the cuts of %s are of %s, not of %s; --tiers cuts:... gives those, or --tiers quantile "
                          "none",
                          written(set, "value"), origin, of, value);
}

/* 1: the cuts are those of the configuration. */
static int are_configured(const cli_settings *set)
{
    return set->label.tier_cut == set->configured.tier_cut && cli_settings_get_source(set, "tiers.cuts") == CLI_CONFIG;
}

static tsl_status check_cuts(cli_settings *set, tsl_error *err)
{
    if (set->label.tier_method != TSL_TIER_CUTS) {
        set->label.tier_cut = NULL;
        set->label.tier_cut_count = 0;
        return TSL_OK;
    }
    if (!set->label.tier_cut_count) {
        return cli_fail(err, TSL_E_OPTION,
                        "tiers: by cuts they need the least value of each tier but the last: "
                        "--tiers cuts:100000,50000,10000,1000, or tiers.cuts in the configuration");
    }
    return are_configured(set) && cli_settings_get_source(set, "value") == CLI_LINE
               ? cli_cuts_check(set, "the configuration", set->configured.value, err)
               : TSL_OK;
}

static tsl_status check_tiers(cli_settings *set, tsl_error *err)
{
    return check_cuts(set, err);
}

/* ---- Rule sets and strategies ------------------------------------------------------- */

static void add_rule(cli_settings *set, const tsl_rule_class *rule)
{
    tsl_rule_class *rules = cli_grow((void *)(uintptr_t)set->label.rule, set->label.rule_count, sizeof *rules);
    rules[set->label.rule_count++] = *rule;
    set->label.rule = rules;
}

/* A set by its name: the configuration's, else the bundled one. */
static tsl_status add_rule_set(cli_settings *set, const char *name, tsl_error *err)
{
    const char *names[CLI_PARAMS_MAX];
    size_t count, known = 0;
    const size_t before = set->label.rule_count;
    for (size_t i = 0; i < set->rule_count; i++) {
        if (strcmp(set->rule[i].set, name) == 0) {
            add_rule(set, &set->rule[i]);
        }
        names[known] = set->rule[i].set;
        known += known + 1 < CLI_PARAMS_MAX / 2;
    }
    const tsl_rule_class *bundled = tsl_rule_set_get_bundled(name, &count);
    const int own = set->label.rule_count > before;
    for (size_t i = 0; i < count && !own; i++) {
        add_rule(set, &bundled[i]);
    }
    for (size_t i = 0; tsl_rule_set_get_name(i); i++) {
        names[known++] = tsl_rule_set_get_name(i);
    }
    if (set->label.rule_count > before) {
        return TSL_OK;
    }
    const char *near = tsl_name_get_nearest(name, names, known);
    return cli_fail(err, TSL_E_OPTION,
                    "--rules: there is no set \"%s\"%s%s%s; there are activity, loyalty and account, and those of the "
                    "configuration",
                    name, near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
}

/* The command line names those that count; without it all of the configuration do. */
static tsl_status check_rule_sets(cli_settings *set, tsl_error *err)
{
    const cli_list *asked = &set->rule_sets;
    const int none = asked->count == 1 && strcmp(asked->item[0], "none") == 0;
    tsl_status status = TSL_OK;
    set->label.rules_given = cli_settings_get_source(set, "rules") != CLI_DEFAULT;
    for (size_t i = 0; i < asked->count && !none; i++) {
        CLI_TRY(add_rule_set(set, asked->item[i], err));
    }
    if (asked->count == 0) {
        set->label.rule = set->rule;
        set->label.rule_count = set->rule_count;
    }
done:
    return status;
}

/* A file is read when the work begins. */
static tsl_status check_strategies(cli_settings *set, tsl_error *err)
{
    const cli_source file = cli_settings_get_source(set, "strategies");
    if (file == CLI_CONFIG && set->strategy_count) {
        return cli_fail(err, TSL_E_OPTION,
                        "strategies.file and strategies.rows contradict each other: give one of them");
    }
    if (file == CLI_DEFAULT && set->strategy_count) {
        set->label.strategy = set->strategy;
        set->label.strategy_count = set->strategy_count;
        set->label.strategies_given = TSL_STRATEGIES_GIVEN;
    }
    return TSL_OK;
}

/* What is looked at is not written, and one thing is looked at: with --json each is a document of its own. */
static tsl_status check_checking(const cli_settings *set, tsl_error *err)
{
    if (set->advise && set->check_rules) {
        return cli_fail(err, TSL_E_OPTION,
                        "--advise and --check contradict each other: the first tells where tiers could be cut, the "
                        "second what rule sets and strategies do; give one of them");
    }
    return (set->advise || set->check_rules) && (set->output || set->write_strategies)
               ? cli_fail(err, TSL_E_OPTION, "--%s writes nothing, and so not --%s", set->advise ? "advise" : "check",
                          set->output ? "output" : "write-strategies")
               : TSL_OK;
}

/* The parts of a model that are to be fitted anew. */
static tsl_status check_refit(cli_settings *set, tsl_error *err)
{
    for (size_t i = 0; i < set->refit_parts.count; i++) {
        unsigned part;
        tsl_status status = tsl_refit_read(set->refit_parts.item[i], &part, err);
        if (status != TSL_OK) {
            return cli_fail_at(err, status, "--refit");
        }
        set->refit |= part;
    }
    if (set->refit && set->command == CLI_RUN && !set->model) {
        return cli_fail(err, TSL_E_OPTION, "--refit: without --model everything is fitted");
    }
    return TSL_OK;
}

/* What a model or recipe that is given has settled already, and what needs one. */
static tsl_status check_given(const cli_settings *set, tsl_error *err)
{
    static const char *const settled[] = {"k",         "k-min",           "k-max",     "restarts", "max-iterations",
                                          "tolerance", "silhouette-rows", "min-share", "min-rows", "basis",
                                          "apart",     "anchors",         "evidence",  "include",  "exclude",
                                          "init",      "weight",          "leaves",    "tree",     "round",
                                          "seed",      "scale",           "holdout",   "hold",     "descriptors",
                                          "method",    "target",          "dunn",      "select",   "returns",
                                          "discount",  "no-value-models", NULL};
    const char *given = set->model ? "--model" : set->like ? "--like" : NULL;
    for (size_t i = 0; given && settled[i]; i++) {
        if (cli_settings_get_source(set, settled[i]) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s: what it says is settled by %s", settled[i], given);
        }
    }
    if (set->like && cli_settings_get_source(set, "rfm") == CLI_LINE) {
        return cli_fail(err, TSL_E_OPTION, "--rfm: what it says is settled by --like");
    }
    if (!given && set->features.allow_missing) {
        return cli_fail(err, TSL_E_OPTION, "--allow-missing goes with --model or --like");
    }
    return TSL_OK;
}

int cli_settings_is_settled(const cli_settings *set, const cli_param *param)
{
    static const struct {
        const char *begin; /* of a key */
        unsigned refit;
    } parts[] = {{"tiers.", TSL_REFIT_TIERS},   {"score", TSL_REFIT_TIERS},  {"lifecycle.", TSL_REFIT_LIFECYCLE},
                 {"rfm.method", TSL_REFIT_RFM}, {"rfm.bins", TSL_REFIT_RFM}, {"rfm.nested", TSL_REFIT_RFM},
                 {"rfm.cuts.", TSL_REFIT_RFM}};
    if (!set->model) {
        return 0;
    }
    for (size_t i = 0; param->key && i < sizeof parts / sizeof *parts; i++) {
        if (strncmp(param->key, parts[i].begin, strlen(parts[i].begin)) == 0) {
            return !(set->refit & parts[i].refit);
        }
    }
    return param->section == CLI_VECTORS || param->section == CLI_CLUSTERS;
}

/* What explain writes is asked for once. */
static tsl_status check_rules(cli_settings *set, tsl_error *err)
{
    static const char *const of_sql[] = {"dialect", "table", "key"};
    const char *format = tsl_rules_format_get_name(set->rules.format);
    for (size_t i = 0; i < sizeof of_sql / sizeof *of_sql; i++) {
        if (set->rules.format != TSL_RULES_SQL && cli_settings_get_source(set, of_sql[i]) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s goes with --format sql", of_sql[i]);
        }
    }
    if (set->json && cli_settings_get_source(set, "format") == CLI_LINE) {
        return cli_fail(err, TSL_E_OPTION, "--json and --format %s contradict each other: give one of them", format);
    }
    if (set->customer && cli_settings_get_source(set, "format") == CLI_LINE) {
        return cli_fail(err, TSL_E_OPTION, "--format %s is of the whole tree: --customer takes --json", format);
    }
    if (set->customer && set->command == CLI_EXPLAIN && !set->features_file) {
        return cli_fail(err, TSL_E_OPTION, "--customer needs --features FILE, which holds the customer");
    }
    set->rules.lang = set->lang ? set->lang : set->rules.lang;
    return TSL_OK;
}

static tsl_status add_gate(tsl_gate *gates, size_t *count, const char *kind, int action, tsl_error *err)
{
    tsl_gate *gate = &gates[(*count)++];
    gate->action = (tsl_gate_action)action;
    return tsl_finding_kind_read(kind, &gate->kind, err);
}

/* "orphans=refuse" */
static tsl_status add_asked_gate(tsl_gate *gates, size_t *count, const char *text, tsl_error *err)
{
    const size_t length = strcspn(text, "=");
    const char *names[TSL_GATE_REFUSE + 1], *action = text + length + (text[length] == '=');
    int known = TSL_GATE_NOTE;
    for (int i = TSL_GATE_NOTE; i <= TSL_GATE_REFUSE; i++) {
        names[i] = tsl_gate_action_get_name((tsl_gate_action)i);
    }
    while (known <= TSL_GATE_REFUSE && strcmp(names[known], action) != 0) {
        known++;
    }
    if (known > TSL_GATE_REFUSE) {
        const char *near = tsl_name_get_nearest(action, names, TSL_GATE_REFUSE + 1);
        return cli_fail(err, TSL_E_OPTION, "--gate: \"%s\" is not KIND=note, KIND=ignore or KIND=refuse%s%s%s", text,
                        near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
    }
    const tsl_status status = add_gate(gates, count, cli_copy(text, length), known, err);
    return status == TSL_OK ? TSL_OK : cli_fail_at(err, status, "--gate");
}

/* What the command line says stands behind what the configuration says, and before it. */
static tsl_status check_gates(cli_settings *set, tsl_error *err)
{
    tsl_gate *gates = cli_take(set->gate_count + set->gates.count, sizeof *gates);
    size_t count = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < set->gate_count; i++) {
        CLI_TRY(add_gate(gates, &count, set->gate[i].kind, set->gate[i].action, err));
    }
    for (size_t i = 0; i < set->gates.count; i++) {
        CLI_TRY(add_asked_gate(gates, &count, set->gates.item[i], err));
    }
    set->tables.gates = gates;
    set->tables.gate_count = count;
    CLI_TRY(tsl_table_check(&set->tables, err));
done:
    return status;
}

/* Rates of the command line stand in the place of all of the configuration's. */
static tsl_status check_rates(cli_settings *set, tsl_error *err)
{
    tsl_currency_rate *rates = cli_take(set->rates.count, sizeof *rates);
    for (size_t i = 0; i < set->rates.count; i++) {
        const char *text = set->rates.item[i];
        const size_t length = strcspn(text, "=");
        if (!text[length]) {
            return cli_fail(err, TSL_E_OPTION, "--rates: \"%s\" is not CURRENCY=RATE, such as USD=0.92", text);
        }
        rates[i] = (tsl_currency_rate){cli_copy(text, length), text + length + 1};
    }
    set->tables.rates = set->rates.count ? rates : set->rate;
    set->tables.rate_count = set->rates.count ? set->rates.count : set->rate_count;
    return TSL_OK;
}

static tsl_status check_report(cli_settings *set, tsl_error *err)
{
    set->report.lang = set->command == CLI_REPORT ? set->lang : NULL;
    const tsl_status status = tsl_report_check(&set->report, err);
    const char *option = set->command == CLI_RUN ? "report-currency" : "currency";
    const int is_asked = cli_settings_get_source(set, option) == CLI_LINE;
    return status == TSL_OK ? status
                            : cli_fail_at(err, status, is_asked ? cli_format("--%s", option) : "report.currency");
}

tsl_status cli_settings_check(cli_settings *set, tsl_error *err)
{
    tsl_status status = TSL_OK;
    CLI_TRY(check_rates(set, err));
    CLI_TRY(check_gates(set, err));
    set->run.k_min_asked = cli_settings_get_source(set, "k-min") != CLI_DEFAULT;
    set->run.k_max_asked = cli_settings_get_source(set, "k-max") != CLI_DEFAULT;
    CLI_TRY(check_days(set, err));
    CLI_TRY(check_target(set, err));
    CLI_TRY(check_previous(set, err));
    CLI_TRY(check_init(set, err));
    CLI_TRY(check_k(set, err));
    CLI_TRY(check_basis(set, err));
    CLI_TRY(check_anchors(set, err));
    CLI_TRY(check_method(set, err));
    CLI_TRY(check_tiers(set, err));
    CLI_TRY(cli_rfm_check(&set->rfm, cli_settings_get_source(set, "rfm") == CLI_LINE,
                          cli_settings_get_source(set, "rfm.bins") != CLI_DEFAULT, err));
    CLI_TRY(check_refit(set, err));
    CLI_TRY(check_rule_sets(set, err));
    CLI_TRY(check_strategies(set, err));
    CLI_TRY(check_checking(set, err));
    CLI_TRY(check_given(set, err));
    CLI_TRY(check_rules(set, err));
    CLI_TRY(check_report(set, err));
    set->features.value_models &= !set->no_value_models;
    set->label.lang = set->lang ? set->lang : set->label.lang;
    CLI_TRY(tsl_run_check(&(tsl_run_options){.size = sizeof(tsl_run_options),
                                             .features = &set->features,
                                             .kmeans = &set->kmeans,
                                             .tree = &set->tree,
                                             .labels = &set->label,
                                             .holdout_days = set->run.holdout_days,
                                             .history_months = set->run.history_months,
                                             .hold = set->run.hold,
                                             .min_cell = set->run.min_cell},
                          err));
done:
    return status;
}
