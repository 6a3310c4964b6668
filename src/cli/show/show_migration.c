/* show_migration.c: two runs compared, as short tables. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <string.h>

#define MOST_MOVES 10   /* cells whose changes are told */
#define MOST_COLUMNS 12 /* groups of a table of moves; --json has more */
#define MOST_FEATURES 12
#define HEADS_WIDTH 56 /* of codes as heads; else numbers stand there */

/* The language's index into names: 1 of Chinese. */
static int get_index(const char *lang)
{
    return strcmp(lang, "zh") == 0;
}

static void add_heads(cli_text_table *grid, const char *const *head, size_t count, const char *lang)
{
    for (size_t i = 0; i < count; i++) {
        cli_text_table_add(grid, cli_translate(head[i], lang));
    }
}

static const char *write_count(uint64_t count)
{
    char out[CLI_NUMBER_BYTES];
    cli_count_write(count, out);
    return cli_copy(out, strlen(out));
}

static const char *write_money(int64_t value)
{
    char out[CLI_NUMBER_BYTES];
    cli_number_write((double)value / (double)TSL_DECIMAL_ONE, 0, out);
    return cli_copy(out, strlen(out));
}

static const char *write_day(int32_t day, const char *lang)
{
    char out[11];
    if (day == TSL_NO_DAY) {
        return get_index(lang) ? "日期未知" : "day not known";
    }
    tsl_day_write(day, out);
    return cli_format(get_index(lang) ? "截至 %s" : "as of %s", out);
}

/* ---- What is compared ----------------------------------------------------------------------------------- */

static const char *count_customers(uint64_t count, int zh)
{
    return zh ? cli_format("%s 位客户", write_count(count)) : cli_count_name(count, "customer");
}

static void show_title(const tsl_migration *all, const char *lang)
{
    const int zh = get_index(lang);
    cli_print(zh ? "%s（%s，%s）→ %s（%s，%s）\n" : "%s (%s, %s) -> %s (%s, %s)\n", all->then->name,
              write_day(all->then->as_of, lang), count_customers(all->then->customers, zh), all->now->name,
              write_day(all->now->as_of, lang), count_customers(all->now->customers, zh));
    cli_print(zh ? "两次都有 %s，新增 %s，消失 %s。" : "%s in both, %s new, %s vanished. ", write_count(all->both),
              write_count(all->arrived), write_count(all->vanished));
    int same = 1;
    for (int part = 0; part < TSL_MODEL_PARTS; part++) {
        same = all->same[part] < same ? all->same[part] : same;
    }
    cli_print("%s\n", same > 0    ? zh ? "两次用的是同一个模型：变化来自客户。"
                                       : "Both have one model: moves are the customers' own."
                      : same == 0 ? zh ? "两次的模型不同：变化里既有客户的，也有模型的。"
                                       : "They have not the same model: moves are also the model's."
                      : zh        ? "两次的模型是否相同不得而知。"
                                  : "Whether they have one model is not known.");
}

/* ---- Who went where ---------------------------------------------------------------------------------------- */

static void show_head(const tsl_migration *all, tsl_by by, const char *lang)
{
    static const char *const names[TSL_BYS][TSL_LANGS] = {
        {"Segments", "客群"}, {"Tiers", "等级"}, {"Lifecycle", "生命周期"}};
    const tsl_moves *moves = &all->by[by];
    const uint64_t both = moves->stayed + moves->moved;
    char share[CLI_NUMBER_BYTES];
    if (both == 0) {
        cli_print(get_index(lang) ? "\n%s：没有两次都有的客户\n\n" : "\n%s: no customer is in both\n\n",
                  names[by][get_index(lang)]);
        return;
    }
    cli_share_write((double)moves->stayed / (double)both, share);
    cli_print(get_index(lang) ? "\n%s：两次都有的 %s中 %s 位未变（%s）" : "\n%s: of %s in both %s stayed (%s)",
              names[by][get_index(lang)], count_customers(both, get_index(lang)), write_count(moves->stayed), share);
    if (by == TSL_BY_TIER) {
        cli_print(get_index(lang) ? "，升级 %s，降级 %s" : ", %s went up, %s down", write_count(moves->up),
                  write_count(moves->down));
    }
    cli_print("\n\n");
}

/* By its code, where it has one; tiers and stages in Chinese by their names, which are short. */
static const char *write_group(const tsl_roster_groups *groups, tsl_by by, size_t group, const char *lang)
{
    const tsl_roster_group *of = &groups->group[group];
    const int named = !*of->code || (by != TSL_BY_SEGMENT && get_index(lang));
    return named ? of->names[get_index(lang)] : of->code;
}

/* The head of a column: that, where all of them have room, else the number. */
static const char *write_head(const tsl_roster_groups *groups, tsl_by by, size_t group, const char *lang)
{
    size_t width = 0;
    for (size_t g = 0; g < groups->count; g++) {
        width += cli_text_get_width(write_group(groups, by, g, lang)) + 2;
    }
    return width <= HEADS_WIDTH ? write_group(groups, by, group, lang) : cli_format("#%zu", group + 1);
}

static void add_row(cli_text_table *grid, const tsl_migration *all, tsl_by by, size_t then, const char *lang)
{
    const tsl_moves *moves = &all->by[by];
    const tsl_migration_cell *cell = &moves->cell[then * (moves->now + 1)];
    const tsl_roster_groups *groups = &all->then->by[by];
    const int32_t same = then < moves->then ? moves->same[then] : -1;
    uint64_t size = 0;
    for (size_t h = 0; h <= moves->now; h++) {
        size += cell[h].customers;
    }
    cli_text_table_add(grid, same >= 0 ? cli_format("#%d", (int)same + 1) : "");
    cli_text_table_add(grid, then == moves->then ? cli_translate("New", lang) : write_group(groups, by, then, lang));
    for (size_t h = 0; h <= moves->now; h++) {
        cli_text_table_add(grid, cell[h].customers ? write_count(cell[h].customers) : "");
    }
    cli_text_table_count(grid, size);
    const uint64_t both = size - cell[moves->now].customers; /* as the head: of who is in both runs */
    cli_text_table_share(grid, then == moves->then || both == 0 ? (double)NAN
                               : same < 0                       ? 0
                                                                : (double)cell[same].customers / (double)both);
}

static void show_matrix(const tsl_migration *all, tsl_by by, const char *lang)
{
    const tsl_moves *moves = &all->by[by];
    char align[CLI_GRID_COLUMNS] = "rl";
    cli_text_table grid = {.columns = 2, .align = align};
    if (moves->now > MOST_COLUMNS - 1) {
        return;
    }
    cli_text_table_add(&grid, "#");
    cli_text_table_add(&grid, cli_translate("Then", lang));
    for (size_t h = 0; h < moves->now + 3; h++) {
        align[grid.columns++] = 'r';
        if (h < moves->now) {
            cli_text_table_add(&grid, write_head(&all->now->by[by], by, h, lang));
        }
    }
    cli_text_table_add(&grid, cli_translate("Vanished", lang));
    cli_text_table_add(&grid, cli_translate("Customers", lang));
    cli_text_table_add(&grid, cli_translate("Stayed", lang));
    for (size_t g = 0; g <= moves->then; g++) {
        add_row(&grid, all, by, g, lang);
    }
    cli_text_table_print(&grid);
}

/* ---- What became of the value --------------------------------------------------------------------------------- */

static void add_flow(cli_text_table *grid, const char *code, const char *name, const tsl_flow *flow)
{
    const int64_t value[] = {flow->value_then,    flow->grown,           flow->value_came, -flow->value_left,
                             flow->value_arrived, -flow->value_vanished, flow->value_now};
    cli_text_table_add(grid, code);
    cli_text_table_add(grid, name);
    for (size_t i = 0; i < sizeof value / sizeof *value; i++) {
        cli_text_table_add(grid, write_money(value[i]));
    }
}

static void show_flow(const tsl_migration *all, tsl_by by, const char *lang)
{
    static const char *const heads[] = {"#",    "Group", "Value then", "Grown",    "Came",
                                        "Left", "New",   "Vanished",   "Value now"};
    const tsl_moves *moves = &all->by[by];
    cli_text_table grid = {.columns = sizeof heads / sizeof *heads, .align = "rwrrrrrrr"};
    if (!all->has_value) {
        return;
    }
    add_heads(&grid, heads, grid.columns, lang);
    for (size_t f = 0; f < moves->flow_count; f++) {
        const tsl_flow *flow = &moves->flow[f];
        const tsl_roster_group *of =
            flow->now >= 0 ? &all->now->by[by].group[flow->now] : &all->then->by[by].group[flow->then];
        add_flow(&grid, flow->now >= 0 ? cli_format("#%d", flow->now + 1) : "", of->names[get_index(lang)], flow);
    }
    add_flow(&grid, "", cli_translate("all", lang), &all->all);
    cli_print("\n");
    cli_text_table_print(&grid);
}

/* ---- What changed for those who moved ---------------------------------------------------------------------------- */

/* "days since last purchase 22 → 58; total spend 300 → 310" */
static tsl_status write_turns(const tsl_migration *all, const tsl_migration_cell *cell, const char *lang,
                              const char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = "";
    for (size_t t = 0; t < cell->turn_count; t++) {
        const tsl_turn *turn = &cell->turn[t];
        char then[CLI_NUMBER_BYTES], now[CLI_NUMBER_BYTES], *label = NULL;
        CLI_TRY(tsl_feature_get_label(all->now->features->feature[all->feature[turn->feature].now].name, lang, &label,
                                      err));
        cli_short_write(turn->median_then, then);
        cli_short_write(turn->median_now, now);
        *out = strcmp(then, now) == 0
                   ? *out
                   : cli_format("%s%s%s %s → %s", *out, **out ? "; " : "", label, *then ? then : "–", *now ? now : "–");
        tsl_text_free(label);
    }
done:
    return status;
}

/* The cells off the diagonal that hold most, the first of equal ones. */
static size_t find_largest(const tsl_moves *moves, size_t *largest)
{
    size_t count = 0;
    for (size_t c = 0; c < moves->then * (moves->now + 1); c++) {
        const size_t then = c / (moves->now + 1), now = c % (moves->now + 1);
        size_t place = count;
        if (now == moves->now || (int32_t)now == moves->same[then] || !moves->cell[c].customers) {
            continue;
        }
        while (place > 0 && moves->cell[c].customers > moves->cell[largest[place - 1]].customers) {
            place--;
        }
        if (place < MOST_MOVES) {
            count += count < MOST_MOVES;
            for (size_t i = count - 1; i > place; i--) {
                largest[i] = largest[i - 1];
            }
            largest[place] = c;
        }
    }
    return count;
}

static tsl_status show_turns(const tsl_migration *all, tsl_by by, const char *lang, tsl_error *err)
{
    static const char *const heads[] = {"Then", "Now", "Customers", "What changed most (median)"};
    const tsl_moves *moves = &all->by[by];
    cli_text_table grid = {.columns = 4, .align = "llrn"};
    size_t largest[MOST_MOVES];
    const size_t count = find_largest(moves, largest);
    tsl_status status = TSL_OK;
    add_heads(&grid, heads, grid.columns, lang);
    for (size_t i = 0; i < count; i++) {
        const tsl_migration_cell *cell = &moves->cell[largest[i]];
        const char *words;
        CLI_TRY(write_turns(all, cell, lang, &words, err));
        cli_text_table_add(&grid, write_group(&all->then->by[by], by, largest[i] / (moves->now + 1), lang));
        cli_text_table_add(&grid, write_group(&all->now->by[by], by, largest[i] % (moves->now + 1), lang));
        cli_text_table_count(&grid, cell->customers);
        cli_text_table_add(&grid, words);
    }
    if (count) {
        cli_print("\n");
        cli_text_table_print(&grid);
    }
done:
    return status;
}

/* ---- Features
 * -------------------------------------------------------------------------------------------------------- */

/* Shifted or drifted: those that segments rest on first, then by falling index. */
static int comes_before(const tsl_feature_pair *a, const tsl_feature_pair *b)
{
    const int a_used = a->used != 0, b_used = b->used != 0;
    return a_used != b_used ? a_used > b_used : a->drift.psi > b->drift.psi;
}

static int has_shifted(const tsl_feature_pair *pair)
{
    return pair->drift.psi >= TSL_PSI_SHIFTED && pair->drift.psi > pair->drift.psi_limit;
}

static size_t list_shifted(const tsl_migration *all, const tsl_feature_pair **pair)
{
    size_t count = 0;
    for (size_t f = 0; f < all->feature_count; f++) {
        const tsl_feature_pair *of = &all->feature[f];
        size_t place = count;
        if (!has_shifted(of)) {
            continue;
        }
        for (; place > 0 && comes_before(of, pair[place - 1]); place--) {
            pair[place] = pair[place - 1];
        }
        pair[place] = of;
        count++;
    }
    return count;
}

static void show_features(const tsl_migration *all, const char *lang)
{
    static const char *const heads[] = {"Feature", "Counts", "PSI", "", "Missing then", "now"};
    cli_text_table grid = {.columns = 6, .align = "llrlrr"};
    const tsl_feature_pair **pair = cli_take(all->feature_count + 1, sizeof *pair);
    const size_t count = list_shifted(all, pair);
    if (!all->feature_count) {
        return;
    }
    if (get_index(lang)) {
        cli_print("\n%zu 个特征中有 %zu 个的分布已偏移\n", all->feature_count, count);
    } else {
        cli_print("\nOf %s %zu %s shifted or drifted\n", cli_count_name(all->feature_count, "feature"), count,
                  count == 1 ? "has" : "have");
    }
    add_heads(&grid, heads, grid.columns, lang);
    for (size_t i = 0; i < count && i < MOST_FEATURES; i++) {
        cli_text_table_add(&grid, cli_feature_name(all->now->features->feature[pair[i]->now].name, lang));
        cli_text_table_add(&grid, cli_translate(pair[i]->used ? "yes" : "no", lang));
        cli_text_table_number(&grid, pair[i]->drift.psi, 3);
        cli_text_table_add(&grid, cli_translate(pair[i]->drift.psi >= TSL_PSI_DRIFTED ? "drifted" : "shifted", lang));
        cli_text_table_share(&grid, pair[i]->missing_then);
        cli_text_table_share(&grid, pair[i]->drift.missing);
    }
    if (count) {
        cli_print("\n");
        cli_text_table_print(&grid);
    }
}

tsl_status cli_show_migration(const tsl_migration *migration, const char *lang, tsl_error *err)
{
    tsl_status status = TSL_OK;
    show_title(migration, lang);
    for (int by = 0; by < TSL_BYS; by++) {
        if (migration->by[by].cell) {
            show_head(migration, (tsl_by)by, lang);
            show_matrix(migration, (tsl_by)by, lang);
            show_flow(migration, (tsl_by)by, lang);
            CLI_TRY(show_turns(migration, (tsl_by)by, lang, err));
        }
    }
    show_features(migration, lang);
done:
    return status;
}
