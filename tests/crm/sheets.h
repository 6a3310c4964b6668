/* sheets.h: a plan of a few fields of each kind, and files of it, written and read back. */
#ifndef TESTS_CRM_SHEETS_H
#define TESTS_CRM_SHEETS_H

#include "crm/made_run.h"

#include "crm/crm_sheet.h"

enum { SHEET_FIELDS = 5 };
static const size_t sheet_fields[SHEET_FIELDS] = {TSL__FIELD_ID, TSL__FIELD_REASON, TSL__FIELD_CHANGED_ON,
                                                  TSL__FIELD_CLV, TSL__FIELD_CONFIDENCE};
typedef const char *sheet_row[SHEET_FIELDS];

/* A plan of a target, whose limits the test may make smaller; closed by tsl__crm_plan_close. */
static inline tsl__crm_plan sheet_plan(const tsl__crm_target *target, tsl_crm crm)
{
    int known[TSL__CRM_FIELDS] = {0};
    tsl_export_options opt;
    tsl_export_field named[SHEET_FIELDS];
    tsl__crm_plan plan;
    tsl_error err;
    TSL_DEFAULTS(export, &opt);
    opt.target = crm;
    opt.lang = "en";
    for (size_t i = 0; i < SHEET_FIELDS; i++) {
        known[sheet_fields[i]] = 1;
        named[i] = (tsl_export_field){tsl__crm_fields[sheet_fields[i]].code, NULL, 0, -1, NULL};
    }
    opt.field = named;
    opt.field_count = SHEET_FIELDS;
    assert_int_equal(tsl__crm_plan_open(&opt, known, 0, &plan, &err), TSL_OK);
    for (size_t i = 0; i < SHEET_FIELDS; i++) { /* in the order of the rows here */
        for (size_t j = i; j < SHEET_FIELDS; j++) {
            if (plan.field[j] == sheet_fields[i]) {
                char *header = plan.header[j];
                plan.header[j] = plan.header[i];
                plan.field[j] = plan.field[i];
                plan.header[i] = header;
                plan.field[i] = sheet_fields[i];
            }
        }
    }
    plan.target = target ? target : plan.target;
    return plan;
}

static inline void sheet_cells(const sheet_row row, tsl__span cell[SHEET_FIELDS])
{
    for (size_t i = 0; i < SHEET_FIELDS; i++) {
        cell[i] = tsl__span_make(row[i]);
    }
}

/* Writes SCRATCH/NAME, which is left to be checked; its path is to be freed. */
static inline tsl__crm_sheet sheet_write(const tsl__crm_sheet_form *form, const tsl__crm_plan *plan, const char *name,
                                         const sheet_row *row, size_t rows)
{
    tsl__crm_sheet sheet = {.plan = plan, .path = strdup(scratch_path(name))};
    tsl_error err;
    remove(sheet.path);
    assert_int_equal(form->open(&sheet, &err), TSL_OK);
    for (size_t i = 0; i < rows; i++) {
        tsl__span cell[SHEET_FIELDS];
        int fits;
        sheet_cells(row[i], cell);
        assert_int_equal(form->put(&sheet, cell, &fits, &err), TSL_OK);
        assert_true(fits);
    }
    if (form->close(&sheet, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    form->free(&sheet); /* a closed one is fine */
    return sheet;
}

/* Fails unless the file reads back as it was meant. */
static inline void sheet_assert_well(const tsl__crm_sheet_form *form, const tsl__crm_sheet *sheet)
{
    tsl_error err;
    if (form->check(sheet, &err) != TSL_OK) {
        fail_msg("%s", err.message); // DBG
    }
}

/* Its bytes, owned. */
static inline unsigned char *sheet_read(const tsl__crm_sheet *sheet, size_t *count)
{
    FILE *file = fopen(sheet->path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*count + 1);
    assert_int_equal(fread(bytes, 1, *count, file), *count);
    bytes[*count] = '\0';
    fclose(file);
    return bytes;
}

#endif
