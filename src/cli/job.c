/* job.c: one piece of work: its run, its summary. */
#include "cli/job.h"

#include "cli/files.h"
#include "cli/inputs/inputs.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/system/arena.h"
#include "cli/system/clock.h"
#include "cli/system/fail.h"
#include "cli/system/interrupt.h"

#include <errno.h>
#include <jansson.h>
#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define MAPPED_BYTES (128 << 10)

enum { SAID_FEATURES = 1, SAID_MODEL = 2, SAID_LABELS = 4, SAID_NEXT = 8 };

/* Where temporary files go: $TMPDIR, or beside the output, where there is room for much. */
static const char *find_temporary(const cli_settings *set)
{
    const char *folder = getenv("TMPDIR");
    if (folder && *folder) {
        return folder;
    }
    if (!set->output || strcmp(set->output, "-") == 0) {
        return NULL;
    }
    size_t length = strlen(set->output);
    while (length > 1 && set->output[length - 1] == '/') {
        length--;
    }
    while (length > 0 && set->output[length - 1] != '/') {
        length--;
    }
    return length ? cli_copy(set->output, length) : ".";
}

/* With a limit what is freed goes back to the system at once: blocks of some size are mapped, each for itself. */
static void limit_memory(const cli_settings *set, tsl_exec *exec)
{
    exec->spill = find_temporary(set);
    if (exec->memory) {
        mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
        mallopt(M_TRIM_THRESHOLD, MAPPED_BYTES);
    }
}

void cli_job_open(cli_job *job, const cli_settings *set, const char *const *argument, size_t argument_count)
{
    *job = (cli_job){.set = set, .argument = argument, .argument_count = argument_count};
    job->exec = set->exec;
    limit_memory(set, &job->exec);
    cli_progress_start((cli_progress_mode)set->progress, set->quiet, set->lang, &job->exec);
    job->exec.stop = cli_interrupt_get_flag();
}

void cli_job_free(cli_job *job)
{
    tsl_run_free(job->run);
    tsl_segmentation_free(job->given);
    tsl_features_free(job->alone);
    tsl_strategies_free(job->strategies);
    tsl_evaluation_free(job->evaluation);
    tsl_next_free(job->next);
    tsl_valuation_free(job->valuation);
    tsl_pseudonyms_free(job->pseudonyms);
    tsl_suppression_free(job->suppression);
    tsl_input_free(&job->input);
    *job = (cli_job){0};
}

/* ---- Who is not named, and who is left out ------------------------------------------ */

tsl_status cli_job_read_privacy(cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    if (set->pseudonymise && !job->pseudonyms) {
        CLI_TRY(tsl_pseudonyms_read(set->pseudonymise, &job->pseudonyms, err));
        cli_say("customers go by pseudonyms, by the key %s", tsl_pseudonyms_get_fingerprint(job->pseudonyms));
    }
    if (set->suppress && !job->suppression) {
        CLI_TRY(tsl_suppression_read(&(tsl_source){.path = set->suppress}, NULL, &job->exec, &job->suppression, err));
    }
done:
    return status;
}

void cli_job_say_suppressed(const cli_job *job)
{
    char found[CLI_NUMBER_BYTES];
    if (!job->suppression) {
        return;
    }
    const tsl_suppression_info info = tsl_suppression_get_info(job->suppression);
    cli_count_write(info.found, found);
    cli_say("%s: %s, %s of them found and left out", job->set->suppress, cli_count_name(info.ids, "customer"), found);
    if (info.found < info.ids) {
        cli_say("note: %s of %s %s in no input", cli_count_name(info.ids - info.found, "customer"), job->set->suppress,
                info.ids - info.found == 1 ? "stands" : "stand");
    }
}

/* ---- The run ---------------------------------------------------------------------- */

tsl_status cli_job_read_model(cli_job *job, const tsl_source *source, tsl_error *err)
{
    tsl_status status = tsl_segmentation_read(source, &job->given, err);
    if (status == TSL_OK && !job->given->model) {
        return cli_fail(err, TSL_E_FORMAT, "%s: is a features file, expected a model file", source->path);
    }
    if (status == TSL_OK && job->given->model->sweep->places == TSL_PLACES_PREVIOUS) {
        cli_say_note(
            "these segments go on from a previous run's, where customers near a border stay in the segment "
            "that they were in (--hold): the model alone puts each in the nearest, and the run may have him in "
            "another",
            job->set->lang);
    }
    return status;
}

/* Of vectors and what clusters are found by nothing is said where no clusters are. */
static void say_features(const cli_job *job, const tsl_features *features)
{
    tsl_notes notes = features->info.notes;
    notes.count = job->set->command == CLI_VALUE ? features->info.own_notes : notes.count;
    cli_say_notes(&notes, job->set->lang);
}

/* So many of those who lie far from all others are named. */
#define NAMED 5

/* Nobody is named, here as in the summary: rows are those of features.h5 and segments.csv. */
static void say_far(const tsl_run *run, const char *lang)
{
    const tsl_features *features = tsl_run_get_features(run);
    tsl_results results;
    tsl_run_get_results(run, &results, sizeof results);
    const tsl_findings *far = results.findings;
    for (size_t i = 0; far && i < far->count; i++) {
        const tsl_finding *of = &far->of[i];
        const char *who = "";
        for (size_t c = 0; c < of->count && c < NAMED; c++) {
            const char *comma = c ? ", " : "";
            who = cli_format("%s%s%zu", who, comma, of->customer[c] + 1);
        }
        const char *note =
            cli_format("%s by %s: %s %s%s; %s", of->bound != 0 ? "cut off by far" : "far from all others", of->name,
                       features->id ? "rows by id" : "rows", who, of->count > NAMED ? ", ..." : "",
                       of->bound != 0  ? "over ten times the bound, which they count as"
                       : far->left_out ? "clusters are found without them, and each is in the nearest"
                                       : "they are clustered like all others");
        cli_say_note(note, lang);
    }
}

static void say_model(const tsl_model *model, const char *lang)
{
    cli_say_notes(&model->sweep->info.notes, lang);
    if (model->plain) {
        cli_say_notes(&model->plain->info.notes, lang);
    }
    if (*model->sweep->info.choice) {
        cli_say("%s%s", lang && strcmp(lang, "zh") == 0 ? "聚类：" : "clusters: ",
                cli_word_note(model->sweep->info.choice, lang));
    }
}

/* Says of the stages that are done what the user should know, and shows which
 * one is on. */
static tsl_status tell(void *user, const tsl_run *run, const char *name, tsl_error *err)
{
    cli_job *job = user;
    const tsl_features *features = tsl_run_get_features(run);
    const tsl_model *model = tsl_run_get_model(run);
    const tsl_labels *labels = tsl_run_get_labels(run);
    const tsl_next *next = tsl_run_get_next(run);
    if (features && !(job->said & SAID_FEATURES)) {
        say_features(job, features);
        job->said |= SAID_FEATURES | (job->is_trial ? SAID_MODEL | SAID_LABELS | SAID_NEXT : 0);
        job->said |= job->set->command == CLI_INSPECT ? SAID_LABELS : 0; /* of all, where one is looked at */
    }
    if (model && !job->given && !(job->said & SAID_MODEL)) {
        say_model(model, job->set->lang);
        say_far(run, job->set->lang);
        job->said |= SAID_MODEL;
    }
    if (labels && features && !features->recipe->plain && !(job->said & SAID_LABELS)) {
        cli_say_notes(&labels->notes, job->set->lang);
        job->said |= SAID_LABELS;
    }
    if (next && !(job->said & SAID_NEXT)) {
        cli_say_notes(&next->notes, job->set->lang);
        job->said |= SAID_NEXT;
    }
    if (name) {
        cli_progress_stage(name);
    } else {
        cli_progress_clear();
    }
    return name ? cli_interrupt_check(err) : TSL_OK;
}

/* The parts whose options stand on the command line are fitted anew, too. */
static unsigned get_refit(const cli_settings *set)
{
    static const struct {
        const char *option;
        unsigned part;
    } implied[] = {
        {"tiers", TSL_REFIT_TIERS}, {"tiers-of", TSL_REFIT_TIERS}, {"value", TSL_REFIT_TIERS}, {"rfm", TSL_REFIT_RFM}};
    unsigned refit = set->refit;
    for (size_t i = 0; i < sizeof implied / sizeof implied[0]; i++) {
        refit |= cli_settings_get_source(set, implied[i].option) == CLI_LINE ? implied[i].part : 0;
    }
    return refit;
}

static int is_given(const cli_settings *set, const char *const *names)
{
    int given = 0;
    for (; *names; names++) {
        given |= cli_settings_get_source(set, *names) != CLI_DEFAULT;
    }
    return given;
}

/* How RFM scores are cut where they are: as the user says, else as the model's are. */
static const tsl_rfm_options *find_rfm(const cli_settings *set, const tsl_recipe *recipe)
{
    static const char *const names[] = {
        "rfm", "rfm.method", "rfm.bins", "rfm.nested", "rfm.cuts.recency", "rfm.cuts.frequency", "rfm.cuts.monetary",
        NULL};
    return !recipe || is_given(set, names) ? &set->rfm.options : NULL;
}

/* How many tiers the user asks for, however he says it; 0: he does not. */
static size_t get_tiers_asked(const tsl_label_options *own)
{
    return own->tier_count                                              ? (size_t)own->tier_count
           : own->tier_name_count                                       ? own->tier_name_count
           : own->tier_method == TSL_TIER_CUTS && own->tier_cut_count   ? own->tier_cut_count + 1
           : own->tier_method != TSL_TIER_CUTS && own->tier_share_count ? tsl_label_get_shared_tiers(own)
                                                                        : 0;
}

/* How tiers are cut, as the user has it; as many as there were, and of their names, where he does not say otherwise. */
static void take_tiers(const tsl_label_options *own, tsl_label_options *opt)
{
    const size_t asked = get_tiers_asked(own);
    opt->tier_method = own->tier_method;
    opt->tier_share = own->tier_share;
    opt->tier_share_count = own->tier_share_count;
    opt->tier_cut = own->tier_cut;
    opt->tier_cut_count = own->tier_cut_count;
    if (own->tier_name_count || (asked && asked != opt->tier_name_count)) {
        opt->tier_name = own->tier_name;
        opt->tier_name_count = own->tier_name_count;
    }
    opt->tier_count = asked ? (int)asked : opt->tier_count;
}

/* What is fitted anew goes by the policy's parameters, but for those that the
 * user gave; cuts of the policy are of its value. */
static tsl_status keep_policy(const cli_settings *set, const tsl_policy *policy, tsl_label_options *opt, tsl_error *err)
{
    static const char *const tiers[] = {"tiers",       "tiers.by", "tiers.shares", "tiers.cuts", "tiers.count",
                                        "tiers.names", NULL};
    static const char *const hold[] = {"policy.margin", "policy.grace", "policy.step", NULL};
    static const struct {
        const char *key[2];
        size_t place;
    } numbers[] = {{{"lifecycle.new_days"}, offsetof(tsl_label_options, new_days)},
                   {{"lifecycle.lost_factor"}, offsetof(tsl_label_options, lost_factor)},
                   {{"lifecycle.shrinkage"}, offsetof(tsl_label_options, shrinkage)},
                   {{"lifecycle.risk"}, offsetof(tsl_label_options, levels.risk)},
                   {{"lifecycle.lost"}, offsetof(tsl_label_options, levels.lost)},
                   {{"lifecycle.back"}, offsetof(tsl_label_options, levels.back)},
                   {{"lifecycle.dwell_days"}, offsetof(tsl_label_options, levels.dwell_days)},
                   {{"lifecycle.mature_purchases"}, offsetof(tsl_label_options, levels.mature_purchases)},
                   {{"lifecycle.mature_pauses"}, offsetof(tsl_label_options, levels.mature_pauses)},
                   {{"lifecycle.least_days"}, offsetof(tsl_label_options, levels.least_days)}};
    static const char *const basis[] = {"lifecycle.by", NULL}, *const words[] = {"lifecycle.vocabulary", NULL};
    const tsl_label_options *own = &set->label;
    tsl_policy_get_options(policy, opt);
    opt->value = own->value;
    if (cli_settings_get_source(set, "tiers-of") != CLI_DEFAULT) {
        opt->tiers_of_score = own->tiers_of_score;
    }
    if (is_given(set, hold)) {
        opt->tier_margin = own->tier_margin;
        opt->tier_grace = own->tier_grace;
        opt->tier_step = own->tier_step;
    }
    if (is_given(set, tiers)) {
        take_tiers(own, opt);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (is_given(set, numbers[i].key)) {
            memcpy((char *)opt + numbers[i].place, (const char *)own + numbers[i].place, sizeof(double));
        }
    }
    opt->stage_basis = is_given(set, basis) ? own->stage_basis : opt->stage_basis;
    opt->vocabulary = is_given(set, words) ? own->vocabulary : opt->vocabulary;
    const int keeps_cuts = policy->tier_method == TSL_TIER_CUTS && !is_given(set, tiers);
    return keeps_cuts && get_refit(set) & TSL_REFIT_TIERS ? cli_cuts_check(set, "the model", policy->value, err)
                                                          : TSL_OK;
}

/* Shares that nobody has given are those of the method. */
static void fill_shares(tsl_label_options *opt)
{
    const size_t asked = get_tiers_asked(opt), count = asked ? asked : 5;
    if (!opt->tier_share_count && (opt->tier_method == TSL_TIER_QUANTILE || opt->tier_method == TSL_TIER_REVENUE)) {
        double *share = cli_take(count, sizeof *share);
        tsl_tiers_defaults(opt->tier_method, count, share);
        opt->tier_share = share;
        opt->tier_share_count = count - 1;
    }
}

/* What is asked of RFM scores; of those of a model, that they were made by. */
static cli_rfm get_rfm(const cli_job *job)
{
    const tsl_recipe *recipe = job->given->recipe;
    cli_rfm used = job->set->rfm;
    if (!recipe || !recipe->has_rfm || find_rfm(job->set, recipe)) {
        return used;
    }
    const tsl_rfm *rfm = &recipe->rfm;
    const double *const cut[3] = {rfm->recency, rfm->frequency[0], rfm->monetary[0]};
    used.options.method = rfm->method;
    used.options.bins = rfm->bins;
    used.options.nested = rfm->nested;
    for (int c = 0; c < 3 && rfm->method == TSL_RFM_THRESHOLDS; c++) {
        used.cut[c].item =
            memcpy(cli_take((size_t)rfm->bins, sizeof(double)), cut[c], ((size_t)rfm->bins - 1) * sizeof(double));
        used.cut[c].count = (size_t)rfm->bins - 1;
    }
    return used;
}

/* The parameters as they are gone by: where parts of a model are fitted anew, those that it has for that. */
static const char *get_options_json(const cli_job *job)
{
    const tsl_policy *policy = job->given ? job->given->policy : NULL;
    cli_settings used = *job->set;
    if (policy) {
        used.refit = get_refit(job->set);
        used.rfm = get_rfm(job);
        used.label = job->labels;
        used.label.value = used.label.value ? used.label.value : policy->value;
    }
    fill_shares(&used.label);
    return cli_settings_get_json(&used, 0);
}

static void say_threads(const cli_job *job)
{
    tsl_results results;
    int asked = job->set->exec.threads ? job->set->exec.threads : tsl_threads_get();
    tsl_run_get_results(job->run, &results, sizeof results);
    if (results.threads < asked) {
        cli_say("note: %d thread%s instead of %d, as the system gives no more (memory, or a limit on processes)",
                results.threads, results.threads == 1 ? "" : "s", asked);
    }
}

static tsl_anchors get_anchors(const cli_settings *set)
{
    return !set->anchors                          ? TSL_ANCHORS_DEFAULT
           : strcmp(set->anchors, "none") == 0    ? TSL_ANCHORS_NONE
           : strcmp(set->anchors, "typical") == 0 ? TSL_ANCHORS_TYPICAL
                                                  : TSL_ANCHORS_DEFAULT; /* a file */
}

int32_t cli_job_find_day(const char *path, const char *expected)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *text, *format = "", *as_of = "";
    const char *folder = cli_copy(path, (size_t)(name - path));
    int32_t day = TSL_NO_DAY;
    tsl_error unread; /* then it is not known */
    if (strcmp(name, expected) != 0 ||
        cli_file_read(&(tsl_source){.path = cli_format("%smanifest.json", folder)}, &text, &unread) != TSL_OK) {
        return TSL_NO_DAY;
    }
    json_t *manifest = json_loads(text, 0, NULL);
    if (json_unpack(manifest, "{s:s, s:s}", "format", &format, "as_of", &as_of) != 0 ||
        strcmp(format, "tesela manifest") != 0 || tsl_day_read(as_of, &day, &unread) != TSL_OK) {
        day = TSL_NO_DAY;
    }
    json_decref(manifest);
    return day;
}

static int is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

/* Of its folder, or of the one of its files that is read. */
static int32_t find_previous_day(const char *path, const char *read)
{
    return !path ? TSL_NO_DAY : cli_job_find_day(is_folder(path) ? cli_find_within(path, read) : path, read);
}

/* The previous run: a folder, or a model alone. */
static tsl_status read_previous(const cli_job *job, tsl_error *err)
{
    const char *path = job->set->previous;
    if (!is_folder(path)) {
        if (job->set->run.hold > 1 && cli_settings_get_source(job->set, "hold") == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION,
                            "--hold: %s does not say who was in which segment; --previous with the run's folder, which "
                            "has segments.csv beside its model.h5, does",
                            path);
        }
        return tsl_run_read_previous(job->run, &(tsl_source){.path = path}, NULL, err);
    }
    const tsl_source model = {.path = cli_find_within(path, "model.h5")};
    const tsl_source segments = {.path = cli_find_within(path, "segments.csv")};
    return tsl_run_read_previous(job->run, &model, &segments, err);
}

tsl_status cli_job_read_former(cli_job *job, const char *path, tsl_error *err)
{
    const int whole = is_folder(path);
    const tsl_source segments = {.path = whole ? cli_find_within(path, "segments.csv") : path};
    const tsl_source model = {.path = whole ? cli_find_within(path, "model.h5") : NULL};
    const char *kind;
    tsl_error unread; /* then it is not known what tiers were cut by */
    const int known = whole && tsl_file_get_kind(&model, &kind, &unread) == TSL_OK;
    return tsl_run_read_former(job->run, known ? &model : NULL, &segments, err);
}

/* The labels of the previous run, where a model is applied. */
static tsl_status read_former(cli_job *job, tsl_error *err)
{
    const tsl_status status = cli_job_read_former(job, job->set->previous, err);
    return status == TSL_OK ? TSL_OK : cli_fail_at(err, status, "--previous");
}

/* What a fit begins with, where it was given any. */
static tsl_status read_start(const cli_job *job, tsl_error *err)
{
    const cli_settings *set = job->set;
    const int file = set->anchors && get_anchors(set) == TSL_ANCHORS_DEFAULT;
    const tsl_status status = set->init ? tsl_run_read_init(job->run, &(tsl_source){.path = set->init}, err)
                              : file    ? tsl_run_read_anchors(job->run, &(tsl_source){.path = set->anchors}, err)
                                        : TSL_OK;
    return status == TSL_OK && set->previous ? read_previous(job, err) : status;
}

/* What is wrong with a file is told by what names it; of one that is not there, with what may have been meant. */
static tsl_status fail_file(const cli_settings *set, const char *option, const char *path, tsl_status status,
                            tsl_error *err)
{
    static const char *const choices[] = {"default", "none"};
    const char *near = status == TSL_E_NOT_FOUND ? tsl_name_get_nearest(path, choices, 2) : NULL;
    const char *said = cli_settings_get_source(set, option) == CLI_LINE ? cli_format("--%s", option)
                                                                        : cli_params_get_option(option)->key;
    return cli_fail(err, status, "%s: %s%s%s%s", said, cli_copy(err->message, strlen(err->message)),
                    near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
}

/* The default table is given by name where it is to stand in place of a model's. */
static tsl_status read_strategies(cli_job *job, tsl_error *err)
{
    const char *path = job->set->strategies;
    tsl_label_options *labels = &job->labels;
    if (!path) {
        return TSL_OK;
    }
    const int named = strcmp(path, "default") == 0 || strcmp(path, "none") == 0;
    tsl_status status = named ? TSL_OK : tsl_strategies_read(&(tsl_source){.path = path}, &job->strategies, err);
    labels->strategies_given = strcmp(path, "default") == 0 ? TSL_STRATEGIES_DEFAULT : TSL_STRATEGIES_GIVEN;
    labels->strategy = job->strategies ? job->strategies->of : NULL;
    labels->strategy_count = job->strategies ? job->strategies->count : 0;
    return status == TSL_OK ? TSL_OK : fail_file(job->set, "strategies", path, status, err);
}

/* To which score they go, where that is known before features are read; 0: it is not. */
static int find_bins(const cli_job *job)
{
    const cli_settings *set = job->set;
    const tsl_recipe *recipe = job->given ? job->given->recipe : NULL;
    return set->command == CLI_CLUSTER                                                ? 0
           : !job->given || (get_refit(set) & TSL_REFIT_RFM && find_rfm(set, recipe)) ? set->rfm.options.bins
           : recipe && recipe->has_rfm                                                ? recipe->rfm.bins
                                                                                      : 0;
}

static tsl_status read_rfm_map(cli_job *job, tsl_error *err)
{
    const char *path = job->set->rfm.map;
    tsl_status status = TSL_OK;
    if (path) {
        tsl_rfm_map *map = cli_take(1, sizeof *map);
        job->labels.rfm_map = map;
        if (strcmp(path, "none") == 0) {
            *map = (tsl_rfm_map){.bins = TSL_RFM_BINS};
        } else if (strcmp(path, "default") == 0) {
            tsl_rfm_map_defaults(map);
        } else {
            status = tsl_rfm_map_read(&(tsl_source){.path = path}, find_bins(job), map, err);
        }
    }
    return status == TSL_OK ? TSL_OK : fail_file(job->set, "rfm-map", path, status, err);
}

/* Segments need all features; a valuation is of the history, which comes with the scores, of covariates, and of what
 * the weighted score is made of. */
static void select_features(cli_job *job)
{
    const cli_settings *set = job->set;
    cli_list *selected = &job->selected;
    if (set->command == CLI_VALUE) {
        if (set->valuation.models != TSL_MODELS_ACCOUNT) {
            cli_list_add(selected, "rfm_score");
        }
        for (size_t i = 0; i < set->covariates.count; i++) {
            cli_list_add(selected, set->covariates.item[i]);
        }
        for (size_t p = 0; p < set->label.score_count; p++) {
            for (size_t i = 0; i < set->label.score[p].feature_count; i++) {
                cli_list_add(selected, set->label.score[p].feature[i]);
            }
        }
    } else if (set->command == CLI_FEATURES) {
        *selected = set->select;
    }
    job->features.select = selected->item;
    job->features.select_count = selected->count;
}

/* What clusters are found by; `value` finds none. */
static void take_selection(cli_job *job)
{
    const cli_settings *set = job->set;
    if (set->command != CLI_VALUE) {
        job->features.selection = (tsl_selection){.include = set->include.item,
                                                  .include_count = set->include.count,
                                                  .exclude = set->exclude.item,
                                                  .exclude_count = set->exclude.count,
                                                  .basis = set->named_basis,
                                                  .apart = (tsl_apart)set->apart};
    }
}

/* "none" is no outcome. */
static void take_outcomes(cli_job *job)
{
    const cli_settings *set = job->set;
    job->features.outcomes_given = cli_settings_get_source(set, "outcome") != CLI_DEFAULT;
    job->features.outcome = set->outcome.item;
    job->features.outcome_count =
        set->outcome.count == 1 && strcmp(set->outcome.item[0], "none") == 0 ? 0 : set->outcome.count;
}

tsl_status cli_job_open_run(cli_job *job, int kept, tsl_error *err)
{
    const cli_settings *set = job->set;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    job->features = set->features;
    take_selection(job);
    take_outcomes(job);
    job->features.rfm = find_rfm(set, job->given ? job->given->recipe : NULL);
    select_features(job);
    const tsl_status known = cli_job_read_privacy(job, err);
    if (known != TSL_OK) {
        return known;
    }
    opt.pseudonyms = set->command == CLI_INSPECT ? NULL : job->pseudonyms; /* what is looked at stays as it is */
    opt.suppression = job->suppression;
    opt.min_cell = set->run.min_cell;
    opt.features = &job->features;
    opt.kmeans = &set->kmeans;
    opt.anchors = get_anchors(set);
    opt.hold = set->run.hold;
    opt.previous_as_of = find_previous_day(set->previous, job->given ? "segments.csv" : "model.h5");
    opt.evidence = set->evidence;
    opt.tree = &set->tree;
    job->labels = set->label;
    job->labels.reasons = !job->unlabelled;
    tsl_status read = read_strategies(job, err);
    read = read == TSL_OK ? read_rfm_map(job, err) : read;
    if (read != TSL_OK) {
        return read;
    }
    if (job->given && job->given->policy) {
        const tsl_status kept_policy = keep_policy(set, job->given->policy, &job->labels, err);
        if (kept_policy != TSL_OK) {
            return kept_policy;
        }
    }
    opt.labels = &job->labels;
    opt.weight = job->given ? NULL : set->weight;
    opt.holdout_days = set->run.holdout_days;
    opt.history_months = set->command == CLI_RUN ? set->run.history_months : 0;
    opt.descriptors = set->run.descriptors;
    opt.target = job->given ? NULL : set->run.target;
    opt.dunn = set->run.dunn;
    opt.k_min_asked = set->run.k_min_asked;
    opt.k_max_asked = set->run.k_max_asked;
    opt.keep_tables = set->command == CLI_VALUE && set->valuation.holdout_days > 0;
    opt.refit = job->given ? get_refit(set) : 0;
    opt.report = job->report.size ? &job->report : NULL;
    opt.kept = cli_settings_get_json(set, kept);
    opt.argument = job->argument;
    opt.argument_count = job->argument_count;
    opt.options = get_options_json(job);
    opt.stage = tell;
    opt.user = job;
    tsl_status status = tsl_run_open(&opt, job->given, &job->exec, &job->run, err);
    if (status == TSL_OK) {
        say_threads(job);
        const int fits = !job->given && (set->command == CLI_CLUSTER || set->command == CLI_RUN);
        const int goes_on = set->previous && set->command != CLI_INSPECT; /* which tells what has changed since */
        status = fits ? read_start(job, err) : goes_on ? read_former(job, err) : status;
    }
    return status;
}

/* ---- Tables --------------------------------------------------------------------------- */

static void say_table(const tsl_table *table, const char *lang)
{
    const tsl_table_info *info = tsl_table_get_info(table);
    char used[CLI_NUMBER_BYTES], count[CLI_NUMBER_BYTES];
    const char *why = "";
    cli_count_write(info->used, used);
    for (int kind = 0; kind < TSL_REJECT_KINDS; kind++) {
        uint64_t rejected = tsl_table_get_rejected(table, (tsl_reject_kind)kind);
        if (rejected) {
            cli_count_write(rejected, count);
            why =
                cli_format("%s%s%s %s", why, *why ? ", " : "", count, tsl_reject_kind_get_name((tsl_reject_kind)kind));
        }
    }
    cli_count_write(info->rejected, count);
    cli_say("%s: %s read, %s used, %s rejected%s%s%s", tsl_table_kind_get_name(tsl_table_get_kind(table)),
            cli_count_name(info->read, "row"), used, count, *why ? " (" : "", why, *why ? ")" : "");
    for (size_t i = 0; i < info->understood.count; i++) {
        cli_say("  %s", cli_word_note(info->understood.text[i], lang));
    }
    const char *note;
    for (size_t i = 0; (note = tsl_table_get_note(table, i)); i++) { /* check --show-values shows what they leave out */
        cli_say_note(note, lang);
    }
}

tsl_status cli_job_read_tables(cli_job *job, const tsl_reject_sink *rejects, tsl_error *err)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const cli_list *files = &job->set->table[order[i]].files;
        tsl_table_options opt = cli_inputs_get_options(job->set, order[i]);
        opt.hash = !job->unhashed;
        tsl_source *source = cli_take(files->count, sizeof *source);
        for (size_t f = 0; f < files->count; f++) {
            source[f] = (tsl_source){.path = files->item[f]};
        }
        if (files->count) {
            CLI_TRY(tsl_run_read(job->run, order[i], source, files->count, rejects, &opt, err));
            say_table(tsl_run_get_table(job->run, order[i]), job->set->lang);
        }
    }
    cli_job_say_suppressed(job);
done:
    return status;
}

/* ---- Features and plain data -------------------------------------------------------------- */

/* Options of the other kind of input do nothing here, so they are refused. */
static tsl_status refuse_given(const cli_settings *set, const char *const *options, const char *why, tsl_error *err)
{
    for (; *options; options++) {
        if (cli_settings_get_source(set, *options) == CLI_LINE) {
            return cli_fail(err, TSL_E_OPTION, "--%s: %s", *options, why);
        }
    }
    return TSL_OK;
}

static tsl_status read_features(cli_job *job, tsl_error *err)
{
    static const char *const others[] = {"scale", "id", "ignore", "delimiter", "encoding", "sheet", "header", NULL};
    tsl_status status =
        refuse_given(job->set, others, "is for plain data; a features file has its columns and scales already", err);
    if (status == TSL_OK) {
        status = tsl_run_read_features(job->run, &job->input, err);
    }
    if (status == TSL_E_FORMAT && !job->input.bytes) {
        return cli_fail(err, status, "%s (an array in it is named %s:/path)",
                        cli_copy(err->message, strlen(err->message)), job->input.path);
    }
    return status;
}

static void say_data(const cli_job *job, const tsl_data *data)
{
    static const char *const words[TSL_SCALES] = {
        [TSL_SCALE_NONE] = "as they are",
        [TSL_SCALE_Z] = "less their mean, by their population standard deviation",
        [TSL_SCALE_MINMAX] = "to 0..1 by their least and greatest value",
        [TSL_SCALE_ROBUST] = "less their median, by their interquartile range",
        [TSL_SCALE_RANK_NORMAL] = "by their ranks, to what these would be of a normal distribution",
    };
    cli_say("data: %s, %s", cli_count_name(data->rows, "row"), cli_count_name(data->cols, "column"));
    cli_say_notes(&data->notes, job->set->lang);
    if (!job->given) {
        tsl_scale scale = job->set->features.scale;
        int chosen = cli_settings_get_source(job->set, "scale") != CLI_DEFAULT;
        cli_say("scale: %s: columns %s%s", tsl_scale_get_name(scale), words[scale],
                chosen ? "" : " (the default; --scale none takes them as they are)");
    }
}

/* What was asked of plain data. */
static tsl_status get_data_options(const cli_job *job, tsl_data_options *opt, tsl_error *err)
{
    static const char *const columns[] = {"include", "exclude", "basis", NULL};
    static const char *const customers[] = {"apart", "anchors", NULL};
    const cli_settings *set = job->set;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(data, opt);
    opt->id = set->id;
    opt->ignore = set->ignore.item;
    opt->ignore_count = set->ignore.count;
    if (cli_settings_get_source(set, "delimiter")) {
        opt->delimiter = (char)set->any.delimiter;
    }
    if (cli_settings_get_source(set, "encoding")) {
        opt->encoding = (tsl_encoding)set->any.encoding;
    }
    opt->sheet = cli_settings_get_source(set, "sheet") ? set->any.sheet : NULL;
    if (cli_settings_get_source(set, "header")) {
        opt->header = set->any.header;
    }
    CLI_TRY(refuse_given(set, columns, "is for a features file; columns of plain data are left out by --ignore", err));
    CLI_TRY(refuse_given(set, customers,
                         "is for a features file; all rows of plain data are clustered, by k-means alone", err));
done:
    return status;
}

static tsl_status read_numbers(cli_job *job, tsl_error *err)
{
    tsl_data_options opt;
    tsl_status status = TSL_OK;
    CLI_TRY(get_data_options(job, &opt, err));
    CLI_TRY(tsl_run_read_data(job->run, &job->input, &opt, err));
done:
    if (status == TSL_OK) {
        say_data(job, tsl_run_get_data(job->run));
    }
    return status;
}

static int has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), n = strlen(ending);
    return length >= n && strcmp(name + length - n, ending) == 0;
}

tsl_status cli_job_open_input(cli_job *job, tsl_error *err)
{
    const char *path = job->set->input.item[0], *kind = "csv";
    int inside = strstr(path, ".h5:/") || strstr(path, ".hdf5:/");
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_input_open(path, 0, &job->input, err));
    if (!inside) {
        CLI_TRY(tsl_file_get_kind(&job->input, &kind, err));
    }
    if (strcmp(kind, "model") == 0) {
        return cli_fail(err, TSL_E_FORMAT, "%s: is a model file, expected a features file or plain data",
                        job->input.path);
    }
    /* Reading it tells what is wrong. */
    job->has_features =
        strcmp(kind, "features") == 0 || strcmp(kind, "hdf5") == 0 || (has_ending(path, ".h5") && !inside);
done:
    return status;
}

tsl_status cli_job_read_data(cli_job *job, tsl_error *err)
{
    const tsl_status status = job->has_features ? read_features(job, err) : read_numbers(job, err);
    if (status == TSL_OK) {
        cli_job_say_suppressed(job);
    }
    return status;
}

tsl_status cli_job_assign(cli_job *job, const tsl_target *labels, tsl_error *err)
{
    tsl_data_options opt;
    tsl_status status = TSL_OK;
    if (!job->has_features) {
        CLI_TRY(get_data_options(job, &opt, err));
        CLI_TRY(tsl_run_read_assign(job->run, &job->input, &opt, labels, err));
        cli_job_say_suppressed(job);
        return TSL_OK;
    }
    CLI_TRY(read_features(job, err));
    cli_job_say_suppressed(job);
    CLI_TRY(tsl_run_build(job->run, TSL_RUN_LABELS, TSL_NO_DAY, err));
    CLI_TRY(labels ? tsl_labels_write(tsl_run_get_labels(job->run), labels, &job->exec, err) : TSL_OK);
done:
    return status;
}

/* 1: the same id but for leading zeros and blanks, and for case. */
static int is_alike(const char *a, const char *b)
{
    return strcasecmp(a + strspn(a, "0 \t"), b + strspn(b, "0 \t")) == 0;
}

static const char *find_alike(const char *id, const tsl_features *features)
{
    for (size_t i = 0; features->id && i < features->customers; i++) {
        if (is_alike(id, features->id[i])) {
            return features->id[i];
        }
    }
    return features->id ? tsl_name_get_nearest(id, (const char *const *)features->id, features->customers) : NULL;
}

/* No id of a person's is printed, nor a pseudonym that happens to come near. */
static tsl_status fail_pseudonymous(const char *key, int given, tsl_error *err)
{
    return given ? cli_fail(err, TSL_E_NOT_FOUND, "--customer: no customer has this id by the key %s", key)
                 : cli_fail(err, TSL_E_NOT_FOUND,
                            "--customer: there is none of this id: customers are pseudonyms by the key %s, and "
                            "--pseudonymise KEYFILE with that key finds one by his own id",
                            key);
}

tsl_status cli_job_find_customer(cli_job *job, const tsl_features *features, size_t *index, tsl_error *err)
{
    const char *id = job->set->customer, *key = features->recipe->pseudonyms;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_job_read_privacy(job, err));
    if (job->pseudonyms) {
        CLI_TRY(tsl_features_get_customer_by_key(features, id, job->pseudonyms, index, err));
    } else { /* whatever they are called by */
        *index = tsl_features_get_customer(features, id);
    }
    if (*index < features->customers) {
        return TSL_OK;
    }
    if (*key) {
        return fail_pseudonymous(key, job->pseudonyms != NULL, err);
    }
    const char *near = find_alike(id, features);
    CLI_TRY(cli_fail(err, TSL_E_NOT_FOUND, "--customer: there is no \"%s\"%s%s%s", id, near ? "; did you mean \"" : "",
                     near ? near : "", near ? "\"?" : ""));
done:
    return status;
}

/* ---- The summary ----------------------------------------------------------------------------- */

void cli_job_get_results(cli_job *job, tsl_results *results)
{
    *results = (tsl_results){.size = sizeof *results,
                             .seed = job->set->kmeans.seed,
                             .features = job->alone,
                             .model = job->given ? job->given->model : NULL,
                             .recipe = job->given ? job->given->recipe : NULL,
                             .threads = job->set->exec.threads ? job->set->exec.threads : tsl_threads_get()};
    if (job->run) {
        tsl_run_get_results(job->run, results, sizeof *results);
    }
    if (job->unlabelled) {
        results->labels = NULL;
    }
    results->argument = job->argument;
    results->argument_count = job->argument_count;
    results->lang = job->set->label.lang;
    results->suppression = job->suppression;
    results->min_cell = job->set->run.min_cell;
    results->evaluation = job->evaluation;
    results->next = job->next ? job->next : results->next;
    results->valuation = job->valuation;
    results->file = job->file;
}

tsl_status cli_job_print_json(cli_job *job, tsl_error *err)
{
    tsl_results results;
    char *json = NULL;
    cli_job_get_results(job, &results);
    tsl_status status = tsl_summary_build(&results, &json, err);
    if (status == TSL_OK) {
        cli_put(json, strlen(json));
    }
    tsl_text_free(json);
    return status;
}

tsl_status cli_job_print_file(cli_job *job, json_t *file, tsl_error *err)
{
    char *text = json_dumps(file, JSON_COMPACT);
    json_decref(file);
    if (!text) {
        return cli_fail_nomem(err);
    }
    job->file = text;
    tsl_status status = cli_job_print_json(job, err);
    job->file = NULL;
    free(text);
    return status;
}

tsl_status cli_output_check(const char *path, int force, tsl_error *err)
{
    struct stat there;
    if (!path || strcmp(path, "-") == 0) {
        return TSL_OK;
    }
    cli_say_leftovers(path);
    if (stat(path, &there) == 0) {
        if (S_ISDIR(there.st_mode)) {
            return cli_fail(err, TSL_E_EXISTS, "%s: is a folder, where a file is to be written", path);
        }
        if (S_ISREG(there.st_mode) && !force) {
            return cli_fail(err, TSL_E_EXISTS, "%s: is there already; --force replaces it", path);
        }
        return TSL_OK;
    }
    const char *slash = strrchr(path, '/');
    const char *parent = slash == path ? "/" : slash ? cli_copy(path, (size_t)(slash - path)) : ".";
    if (stat(parent, &there) != 0 || !S_ISDIR(there.st_mode)) {
        return cli_fail(err, TSL_E_IO, "%s: cannot be written, as the folder %s is not there", path, parent);
    }
    return TSL_OK;
}

tsl_status cli_publishing_check(tsl_error *err)
{
    return cli_has_room() ? cli_interrupt_check(err) : cli_fail_nomem(err);
}

tsl_status cli_fileset_publish(tsl_fileset *set, tsl_status status, tsl_error *err)
{
    if (status == TSL_OK) {
        status = cli_publishing_check(err);
    }
    if (status != TSL_OK) {
        tsl_fileset_free(set);
        return status;
    }
    cli_interrupt_hold();
    status = tsl_fileset_close(set, err);
    cli_interrupt_release();
    return status;
}
