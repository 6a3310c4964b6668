/*
 * scenario_write.c: a scenario's folder: its tables, what is true of each customer, and the configuration that labels
 * them.
 *
 * Rows are made in fixed blocks by any number of threads, and written in the order of the blocks.
 */
#include <string.h>
#include <tesela/store.h>
#include <tesela/synth.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/pipeline.h"
#include "synth/scenario/cells.h"

#include <stdlib.h>

#define CONFIG "config.yaml"

/* ---- Options ------------------------------------------------------------------- */

#define RANGE(field, ...) TSL__RANGE(tsl_scenario_options, field, __VA_ARGS__)
static const tsl_option_range ranges[] = {RANGE(customers, .low = 1, .high = 99999999, .unset = 1),
                                          RANGE(lines, .low = 1, .high = 1e9, .unset = 1),
                                          RANGE(interactions, .low = 1, .high = 1e9, .unset = 1)};

void tsl_scenario_defaults(tsl_scenario_options *opt, size_t size)
{
    const tsl_scenario_options full = {.size = sizeof full, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

const tsl_option_range *tsl_scenario_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

const tsl_scenario *tsl_scenario_get(size_t index)
{
    const tsl__scene *scene = tsl__scene_get(index);
    return scene ? &scene->about : NULL;
}

static tsl_status open_options(const tsl_scenario_options *given, tsl_scenario_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_scenario_defaults(opt, sizeof *opt);
    TSL__TRY(tsl__options_take("scenario", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
done:
    return status;
}

tsl_status tsl_scenario_check(const tsl_scenario_options *opt, tsl_error *err)
{
    tsl_scenario_options full;
    tsl__error_reset(err);
    return open_options(opt, &full, err);
}

/* As many of them as customers are of the usual number. */
static int scale_to(int usual, int customers, int usual_customers)
{
    const int64_t scaled = ((int64_t)usual * customers + usual_customers / 2) / usual_customers;
    return scaled < 1 ? 1 : scaled > 1000000000 ? 1000000000 : (int)scaled;
}

static void complete(tsl_scenario_options *opt, const tsl_scenario *about)
{
    opt->customers = opt->customers ? opt->customers : about->customers;
    opt->lines = opt->lines ? opt->lines : scale_to(about->lines, opt->customers, about->customers);
    opt->interactions =
        opt->interactions ? opt->interactions : scale_to(about->interactions, opt->customers, about->customers);
}

static tsl_status find_scene(const char *name, const tsl__scene **out, tsl_error *err)
{
    const char *names[64];
    size_t count = 0;
    for (const tsl__scene *scene; (scene = tsl__scene_get(count)); count++) {
        names[count] = scene->about.name;
        if (strcmp(name, names[count]) == 0) {
            *out = scene;
            return TSL_OK;
        }
    }
    tsl__text text = {0};
    tsl__text_printf(&text, "no scenario is called \"%s\"", name);
    if (!tsl__nearest_put(&text, name, names, count)) {
        tsl__text_puts(&text, "; there are ");
        tsl__names_put(&text, names, count);
    }
    if (text.failed) {
        tsl__text_free(&text);
        return tsl__error_nomem(err);
    }
    tsl__error_set(err, TSL_E_OPTION, "%s", text.data);
    tsl__text_free(&text);
    return TSL_E_OPTION;
}

/* ---- Files ------------------------------------------------------------------------ */

typedef struct writer {
    const tsl__world *world;
    tsl__scene_file which;
    tsl_file *file;
    tsl__ticker ticker;
    size_t count, blocks, next, taken; /* of what rows are made of */
    size_t *block;                     /* in each slot */
    tsl__text *text;
} writer;

static tsl_status read_block(void *user, size_t slot, int *more, tsl_error *err)
{
    writer *w = user;
    (void)err;
    *more = w->next < w->blocks;
    w->block[slot] = w->next++;
    return TSL_OK;
}

static tsl_status make_block(void *user, size_t slot, size_t worker, tsl_error *err)
{
    writer *w = user;
    size_t begin, end;
    (void)worker;
    tsl__text_clear(&w->text[slot]);
    tsl__block_get(w->count, w->block[slot], &begin, &end);
    for (size_t i = begin; i < end; i++) {
        tsl__cells_put(w->world, w->which, i, &w->text[slot]);
    }
    return w->text[slot].failed ? tsl__error_nomem(err) : TSL_OK;
}

static tsl_status write_block(void *user, size_t slot, tsl_error *err)
{
    writer *w = user;
    const tsl_progress_event event = {.stage = tsl__cells_get_file(w->which),
                                      .rows = w->taken * TSL__BLOCK_ROWS,
                                      .fraction = (double)w->taken / (double)w->blocks};
    tsl_status status = TSL_OK;
    w->taken++;
    if (w->text[slot].length > 0) {
        TSL__TRY(tsl_file_write(w->file, w->text[slot].data, w->text[slot].length, err));
    }
    TSL__TRY(tsl__tick(&w->ticker, &event, err));
done:
    return status;
}

static tsl_status open_file(const char *folder, const char *name, tsl_file **file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *path = tsl__format("%s/%s", folder, name);
    TSL__NEED(path);
    TSL__TRY(tsl_file_open(&(tsl_target){.path = path}, file, err));
done:
    free(path);
    return status;
}

static tsl_status write_table(const tsl__world *world, const char *folder, tsl__scene_file which, const tsl_exec *exec,
                              tsl_error *err)
{
    const size_t slots = tsl__pipeline_get_slots(exec->threads), count = tsl__cells_get_count(world, which);
    writer w = {.world = world,
                .which = which,
                .ticker = tsl__ticker_open(exec),
                .count = count,
                .blocks = tsl__block_count(count)};
    const tsl__pipeline pipeline = {exec->threads, &w, read_block, make_block, write_block};
    tsl__text header = {0};
    tsl_status status = TSL_OK;
    TSL__NEED(w.text = tsl__alloc_zero(slots, sizeof *w.text));
    TSL__NEED(w.block = tsl__alloc(slots, sizeof *w.block));
    tsl__cells_put_header(world->scene, which, &header);
    TSL__NEED(!header.failed);
    TSL__TRY(open_file(folder, tsl__cells_get_file(which), &w.file, err));
    TSL__TRY(tsl_file_write(w.file, header.data, header.length, err));
    TSL__TRY(tsl__pipeline_run(&pipeline, err));
    tsl_file *const whole = w.file;
    w.file = NULL;
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_file_free(w.file);
    for (size_t i = 0; w.text && i < slots; i++) {
        tsl__text_free(&w.text[i]);
    }
    free(w.text);
    free(w.block);
    tsl__text_free(&header);
    return status;
}

static tsl_status write_config(const tsl__scene *scene, const char *folder, tsl_error *err)
{
    tsl_file *file = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(open_file(folder, CONFIG, &file, err));
    TSL__TRY(tsl_file_write(file, scene->config, strlen(scene->config), err));
    tsl_file *const whole = file;
    file = NULL;
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_file_free(file);
    return status;
}

tsl_status tsl_scenario_write(const char *path, int replace, const char *name, const tsl_scenario_options *given,
                              const tsl_exec *given_exec, tsl_scenario *made, tsl_error *err)
{
    const char *files[TSL__SCENE_FILES + 1] = {CONFIG};
    const tsl__scene *scene = NULL;
    tsl_scenario_options opt;
    tsl_exec exec;
    tsl__world world = {0};
    tsl_folder *folder = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(find_scene(name, &scene, err));
    TSL__TRY(open_options(given, &opt, err));
    TSL__TRY(tsl__exec_open(given_exec, &exec, err));
    complete(&opt, &scene->about);
    for (int i = 0; i < TSL__SCENE_FILES; i++) {
        files[i + 1] = tsl__cells_get_file((tsl__scene_file)i);
    }
    TSL__TRY(tsl_folder_open(path, replace, files, sizeof files / sizeof *files, &folder, err));
    TSL__TRY(tsl__world_build(scene, &opt, &exec, &world, err));
    for (int i = 0; i < TSL__SCENE_FILES; i++) {
        TSL__TRY(write_table(&world, tsl_folder_get_path(folder), (tsl__scene_file)i, &exec, err));
    }
    TSL__TRY(write_config(scene, tsl_folder_get_path(folder), err));
    tsl_folder *const whole = folder;
    folder = NULL;
    TSL__TRY(tsl_folder_close(whole, err));
    if (made) {
        *made = (tsl_scenario){scene->about.name, scene->about.summary, opt.customers, opt.lines, opt.interactions};
    }
done:
    tsl_folder_free(folder);
    tsl__world_free(&world);
    return status;
}
