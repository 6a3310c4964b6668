/* crm_parts.c: files that are split; each is read back and hashed as soon as it is full, while the next is filled. */
#include "crm/crm_parts.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tesela/store.h>

static const tsl__crm_sheet_form *get_form(const tsl__crm_plan *plan)
{
    return plan->target->form == TSL__CRM_FORM_XLSX ? &tsl__crm_xlsx : &tsl__crm_csv;
}

/* ---- One file ---------------------------------------------------------------------------------------- */

static tsl_status open_sheet(tsl__crm_parts *parts, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl__crm_sheet_form *form = get_form(parts->plan);
    void *full = parts->full;
    TSL__NEED(tsl__reserve(&full, &parts->room, parts->count + 1, sizeof *parts->full) == 0);
    parts->full = full;
    TSL__NEED(parts->open = tsl__alloc_zero(1, sizeof *parts->open));
    parts->open->sheet.plan = parts->plan;
    TSL__NEED(parts->open->sheet.path =
                  tsl__format("%s/%s-%04zu%s", parts->folder, parts->stem, parts->count + 1, form->ending));
    TSL__TRY(form->open(&parts->open->sheet, err));
done:
    return status;
}

static tsl_status finish(tsl__crm_finish *of, tsl_error *err)
{
    const tsl__crm_sheet_form *form = get_form(of->sheet.plan);
    struct stat about;
    tsl_status status = TSL_OK;
    TSL__TRY(form->close(&of->sheet, err));
    TSL__TRY(form->check(&of->sheet, err));
    TSL__TRY(tsl_file_get_hash(&(tsl_source){.path = of->sheet.path}, of->sha256, err));
    of->bytes = stat(of->sheet.path, &about) == 0 ? (uint64_t)about.st_size : 0;
done:
    return status;
}

/* A task waits for no other. Where enough of them run, and one waits, this one is done at once: what is held in memory
 * has a bound. */
static void close_sheet(tsl__crm_parts *parts)
{
    tsl__crm_finish *of = parts->open;
    int *running = parts->running, *failed = parts->failed, now;
    parts->full[parts->count++] = of;
    parts->open = NULL;
#pragma omp critical(tsl__crm_running)
    now = ++*running;
#pragma omp task firstprivate(of, running, failed) if (now <= parts->threads)
    {
        of->status = finish(of, &of->why);
        if (of->status != TSL_OK) {
#pragma omp atomic write
            *failed = 1;
        }
#pragma omp critical(tsl__crm_running)
        --*running;
    }
}

/* ---- All of them ----------------------------------------------------------------------------------------- */

tsl_status tsl__crm_parts_put(tsl__crm_parts *parts, const tsl__span *cell, tsl_error *err)
{
    const tsl__crm_sheet_form *form = get_form(parts->plan);
    tsl_status status = TSL_OK;
    int fits = 0;
    TSL__TRY(parts->open ? TSL_OK : open_sheet(parts, err));
    TSL__TRY(form->put(&parts->open->sheet, cell, &fits, err));
    if (!fits && parts->open->sheet.rows) {
        close_sheet(parts);
        TSL__TRY(open_sheet(parts, err));
        TSL__TRY(form->put(&parts->open->sheet, cell, &fits, err));
    }
    TSL__TRY(
        fits ? TSL_OK
             : tsl__error_set(err, TSL_E_INPUT, "a row is longer than a file of %s may be", parts->plan->target->name));
    parts->rows++;
done:
    return status;
}

tsl_status tsl__crm_parts_close(tsl__crm_parts *parts, int always, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(!parts->open && parts->count == 0 && always ? open_sheet(parts, err) : TSL_OK);
    if (parts->open) {
        close_sheet(parts);
    }
done:
    return status;
}

tsl_status tsl__crm_parts_get(const tsl__crm_parts *parts, tsl_export *to, size_t *room, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < parts->count; i++) {
        const tsl__crm_finish *of = parts->full[i];
        void *file = to->file;
        TSL__TRY(of->status == TSL_OK ? TSL_OK : tsl__error_take(err, &of->why));
        TSL__NEED(tsl__reserve(&file, room, to->file_count + 1, sizeof *to->file) == 0);
        to->file = file;
        tsl_export_file *add = &to->file[to->file_count];
        *add = (tsl_export_file){.rows = of->sheet.rows, .bytes = of->bytes};
        memcpy(add->sha256, of->sha256, sizeof add->sha256);
        TSL__NEED(add->name = tsl__strdup(strrchr(of->sheet.path, '/') + 1));
        to->file_count++;
    }
done:
    return status;
}

static void free_finish(tsl__crm_finish *of)
{
    if (of) {
        get_form(of->sheet.plan)->free(&of->sheet);
        free(of->sheet.path);
        free(of);
    }
}

void tsl__crm_parts_free(tsl__crm_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        free_finish(parts->full[i]);
    }
    free_finish(parts->open);
    free(parts->full);
    *parts = (tsl__crm_parts){.plan = NULL};
}
