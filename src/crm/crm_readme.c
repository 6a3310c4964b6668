/* crm_readme.c: README.md of an export: what lies in the folder, and which button to press. */
#include "crm/crm_pack.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

#include <tesela/output.h>

/* {object}, {id}: what the target calls customers, and the field of their ids. What is behind {all} is of files of all
 * customers, what is behind {since} of those of changes; both end at {end}. */
static const char *const steps[TSL_CRMS][TSL_LANGS] = {
    [TSL_CRM_CSV] =
        {"The file is UTF-8 with a byte order mark, lines end with CR LF, fields are parted by commas; a text that a "
         "spreadsheet would run has a `'` before it. Programs read it as it is. To open it in Excel: Data → From "
         "Text/CSV, and take column `{id}` as text, since a double click turns ids such as 007 into numbers; "
         "`--for excel` writes a workbook in which they are text already.\n",
         "文件为带 BOM 的 UTF-8，以 CR LF 换行，逗号分隔；可能被表格软件当作公式执行的文本前加了 "
         "`'`。程序可直接读取。用 "
         "Excel 打开时请使用“数据 → 从文本/CSV”，并将“{id}”列设为文本，因为双击打开会把 007 这样的编号变成数字；`--for "
         "excel` 生成的工作簿中编号已是文本。\n"},
    [TSL_CRM_EXCEL] = {"Open the workbook: one row a customer, filters in the header, ids and texts as text, days as "
                       "days. What begins "
                       "like a formula is text there and is not run.\n",
                       "直接打开工作簿：每位客户一行，表头带筛选；编号与文字均为文本格式，日期为日期格式。以公式符号开"
                       "头的内容按文本保存，"
                       "不会被执行。\n"},
    [TSL_CRM_SALESFORCE] =
        {"1. Once: Setup → Object Manager → {object} → Fields & Relationships → New, for each row of `fields.csv`. "
         "`{id}` "
         "is a Text field with *External ID* and *Unique* ticked, and holds your customer ids already. Fields with a "
         "list "
         "are picklists: each `code` of `picklists.csv` is a value's API name, `label_en` or `label_zh` its label.\n"
         "2. Each time, one of:\n"
         "   - Data Loader: Upsert → {object} → the file → match by `{id}` → map the columns (names are the same) → "
         "Finish.\n"
         "   - Salesforce CLI: `sf data upsert bulk --sobject {object} --external-id {id} --line-ending LF --file FILE "
         "--wait 10`\n"
         "   - Bulk API 2.0: POST `salesforce-job.json` to `/services/data/v60.0/jobs/ingest`, PUT the file to the "
         "job's "
         "`contentUrl`, PATCH `{\"state\": \"UploadComplete\"}`; one job a file.\n"
         "3. Look at the job's failed results. `#N/A` clears a field of which nothing is known now; an empty cell "
         "would "
         "leave it as it is.\n",
         "1. 首次：设置 → 对象管理器 → {object} → 字段和关系 → 新建，按 `fields.csv` 逐行创建。`{id}` "
         "为文本字段，勾选“外部 "
         "ID”和“唯一”，并应已存有客户编号。带列表的字段为选项列表：`picklists.csv` 的 `code` 为值的 API "
         "名称，`label_zh` 为标签。\n"
         "2. 每次任选其一：\n"
         "   - Data Loader：Upsert → {object} → 选择文件 → 按 `{id}` 匹配 → 映射列（名称相同）→ 完成。\n"
         "   - Salesforce CLI：`sf data upsert bulk --sobject {object} --external-id {id} --line-ending LF --file 文件 "
         "--wait 10`\n"
         "   - Bulk API 2.0：将 `salesforce-job.json` POST 到 `/services/data/v60.0/jobs/ingest`，文件 PUT 到作业的 "
         "`contentUrl`，再 PATCH `{\"state\": \"UploadComplete\"}`；每个文件一个作业。\n"
         "3. 查看作业的失败结果。`#N/A` 用于清空当前未知的字段；空白单元格则会保留原值。\n"},
    [TSL_CRM_ZOHO] =
        {"1. Once: Setup → Customization → Modules and Fields → {object}: add a field for each row of `fields.csv`; "
         "`{id}` must not allow duplicate values, and holds your customer ids already. Fields with a list are pick "
         "lists: "
         "the values are the `code`s of `picklists.csv`.\n"
         "2. Each time, one of:\n"
         "   - By hand: {object} → Import → From File → a `.csv` → *Both* (add and update), find by `{id}`. How many "
         "rows "
         "an import takes depends on your edition.\n"
         "   - Bulk Write API: upload each `.zip` (`/crm/v8/upload`, header `feature: bulk-write`), put the `file_id` "
         "it "
         "gives in place of `FILE_ID` in `zoho-bulk-write.json`{since} (of `changed-….zip` in "
         "`zoho-bulk-changed.json`){end}, and POST that to `/crm/bulk/v8/write`.\n"
         "3. An empty cell clears the field (`ignore_empty` is false).\n",
         "1. 首次：设置 → 自定义 → 模块与字段 → {object}：按 `fields.csv` 逐行添加字段；`{id}` "
         "设为“不允许重复值”，并应已存有客户编号。"
         "带列表的字段为选择列表，取值为 `picklists.csv` 的 `code`。\n"
         "2. 每次任选其一：\n"
         "   - 手动：{object} → 导入 → 从文件 → 选择 `.csv` → “两者”（新增并更新），按 `{id}` "
         "查找。单次可导入的行数取决于版本。\n"
         "   - Bulk Write API：上传每个 `.zip`（`/crm/v8/upload`，请求头 `feature: bulk-write`），将返回的 `file_id` "
         "填入 "
         "`zoho-bulk-write.json`{since}（`changed-….zip` 对应 `zoho-bulk-changed.json`）{end}的 `FILE_ID` 处，再 POST "
         "到 "
         "`/crm/bulk/v8/write`。\n"
         "3. 空白单元格会清空字段（`ignore_empty` 为 false）。\n"},
    [TSL_CRM_HUBSPOT] =
        {"1. Once: Settings → Properties → Create property (of {object}), for each row of `fields.csv`; the internal "
         "names "
         "are those in `hubspot-import.json` (`propertyName`). “{id}” requires unique values, and holds your customer "
         "ids "
         "already. Fields with a list are dropdowns: `code` of `picklists.csv` is the internal value, `label_en` or "
         "`label_zh` the label.\n"
         "2. Each time, one of:\n"
         "   - Data management → Data integration (Import) → Import a file → {object} → *Create and update* → the "
         "file; "
         "“{id}” is the unique identifier; dates are year-month-day.\n"
         "   - Imports API: POST `/crm/v3/imports` with `importRequest` = `hubspot-import.json` and the files.\n"
         "3. An empty cell leaves a property as it is: HubSpot clears nothing by an import. Free accounts take files "
         "up "
         "to 20 MB.\n",
         "1. 首次：设置 → 属性 → 创建属性（{object}），按 `fields.csv` 逐行创建；内部名称见 `hubspot-import.json` 的 "
         "`propertyName`。“{id}”要求唯一值，并应已存有客户编号。带列表的字段为下拉选择：`picklists.csv` 的 `code` "
         "为内部值，"
         "`label_zh` 为标签。\n"
         "2. 每次任选其一：\n"
         "   - 数据管理 → 数据集成（导入）→ 导入文件 → {object} → “创建并更新” → "
         "选择文件；“{id}”为唯一标识；日期格式为年-月-日。\n"
         "   - Imports API：POST `/crm/v3/imports`，`importRequest` 为 `hubspot-import.json`，并附文件。\n"
         "3. 空白单元格不会改变属性：HubSpot 的导入不会清空字段。免费账户的文件上限为 20 MB。\n"},
    [TSL_CRM_FXIAOKE] = {
        "1. Once: 管理后台 (administration) → 对象管理 → {object} → 字段: add a field for each row of `fields.csv`; "
        "“{id}” is "
        "unique, and holds your customer ids already. Fields with a list are 单选 fields: their options are the "
        "`label_zh` (or, in English, `label_en`) of `picklists.csv`, letter by letter.\n"
        "2. Each time: {object} → 导入. Files `update-….xlsx` by 更新已有数据 (update), matched by “{id}”{since}; "
        "files "
        "`create-….xlsx` by 新增数据 (create). Never both in one: a file is imported one way.\n{end}"
        "{all}. Customers whom the import finds no record of are not in the CRM yet: keep the rows that it gives back, "
        "and import them by 新增数据 (create). Into a CRM without customers all rows go by 新增数据 at once.\n{end}"
        "3. If the import page has a template of its own, its headers are the same as those here: compare them "
        "first.\n",
        "1. 首次：管理后台 → 对象管理 → {object} → 字段：按 `fields.csv` "
        "逐行新建字段；“{id}”设为唯一，并应已存有客户编号。"
        "带列表的字段为单选字段：选项与 `picklists.csv` 的 `label_zh` 逐字一致。\n"
        "2. 每次：{object} → 导入。`update-….xlsx` 选择“更新已有数据”，按“{id}”匹配{since}；`create-….xlsx` "
        "选择“新增数据”。新增与更新不可混在同一文件中导入。\n{end}"
        "{all}。导入结果中提示找不到的客户，CRM 里还没有：保留这些行，再选择“新增数据”导入。若 CRM "
        "中尚无客户，则全部选择“新增数据”导入。\n{end}"
        "3. 如导入页面提供模板，其表头应与本文件一致，请先核对。\n"}};

static const char *find_id(const tsl__crm_plan *plan)
{
    size_t i = 0;
    while (plan->field[i] != TSL__FIELD_ID) {
        i++;
    }
    return plan->header[i];
}

/* 1: the text begins with it, and is behind it now. */
static int take(const char **text, const char *what)
{
    const size_t length = strlen(what);
    const int has = strncmp(*text, what, length) == 0;
    *text += has ? length : 0;
    return has;
}

static void put_steps(const tsl__crm_pack *pack, tsl__text *out)
{
    const tsl__crm_plan *plan = pack->plan;
    int shown = 1;
    for (const char *p = steps[pack->export->target][plan->lang]; *p;) {
        if (take(&p, "{all}")) {
            shown = !pack->since;
        } else if (take(&p, "{since}")) {
            shown = pack->since != NULL;
        } else if (take(&p, "{end}")) {
            shown = 1;
        } else if (take(&p, "{object}")) {
            tsl__text_puts(out, plan->object);
        } else if (take(&p, "{id}")) {
            tsl__text_puts(out, find_id(plan));
        } else {
            tsl__text_append(out, p++, (size_t)shown);
        }
    }
}

static void put_count(tsl__text *out, uint64_t count)
{
    char digits[24];
    const int n = tsl__print(digits, sizeof digits, "%llu", (unsigned long long)count);
    for (int i = 0; i < n; i++) {
        tsl__text_append(out, ",", i && (n - i) % 3 == 0);
        tsl__text_append(out, digits + i, 1);
    }
}

/* What a kind of files holds. */
static const struct {
    const char *stem, *what[TSL_LANGS];
} kinds[] = {
    {"customers", {"all customers", "全部客户"}},
    {"update-moved",
     {"customers who have come to another segment, with the one before and the day: to be updated",
      "换了分群的客户，含上期分群与变更日期：更新导入"}},
    {"update", {"customers who are in the CRM already: to be updated", "CRM 中已有的客户：更新导入"}},
    {"create", {"new customers: to be created", "新客户：新增导入"}},
    {"new", {"customers who are new since the earlier run", "上期之后的新客户"}},
    {"moved",
     {"customers who have come to another segment, with the one before and the day",
      "换了分群的客户，含上期分群与变更日期"}},
    {"changed",
     {"customers in whom another field has changed; the segment before and its day stay as they are in the CRM",
      "其他字段有变化的客户；CRM 中的上期分群与变更日期保持不变"}},
    {"vanished",
     {"customers of the earlier run who are gone, as they were then: to be looked at, not imported",
      "上期有、本期已无的客户（保留上期取值）：供核对，不导入"}}};

static const char *describe(const tsl__crm_pack *pack, const tsl_export_file *file, int lang)
{
    size_t k = 0; /* all of them, whatever the file is called */
    while (pack->since && k + 1 < sizeof kinds / sizeof *kinds && !tsl__crm_file_is(file, kinds[k].stem, "")) {
        k++;
    }
    return kinds[k].what[lang];
}

/* What lies beside the customers: everywhere (target -1), or of one target, of changes alone. */
static const struct {
    int target, since;
    const char *name, *what[TSL_LANGS];
} others[] = {
    {TSL_CRM_SALESFORCE, 0, "salesforce-job.json", {"the import's job, of Bulk API 2.0", "导入作业（Bulk API 2.0）"}},
    {TSL_CRM_ZOHO,
     0,
     "zoho-bulk-write.json",
     {"the import's job, of the Bulk Write API", "导入作业（Bulk Write API）"}},
    {TSL_CRM_ZOHO, 1, "zoho-bulk-changed.json", {"the same for `changed-….zip`", "同上，用于 `changed-….zip`"}},
    {TSL_CRM_HUBSPOT,
     0,
     "hubspot-import.json",
     {"the import's request, of the Imports API", "导入请求（Imports API）"}},
    {-1, 0, "fields.csv", {"the fields to set up", "需创建的字段"}},
    {-1,
     0,
     "picklists.csv",
     {"the values of fields that are lists: codes that never change, and their names",
      "列表字段的取值：固定代码及显示名称"}},
    {-1,
     0,
     "manifest.json",
     {"rows and SHA-256 of each file of customers, what was counted, the limits and their date",
      "各客户文件的行数与 SHA-256、计数、限额及其日期"}}};

/* ", in an archive": of a file that another holds as well. */
static const char *describe_archive(const tsl_export_file *file, int lang)
{
    static const char *const words[TSL_LANGS] = {" (the same, as an archive for the Bulk Write API)",
                                                 "（内容同上，供 Bulk Write API 使用的压缩包）"};
    const char *ending = strrchr(file->name, '.');
    return ending && strcmp(ending, ".zip") == 0 ? words[lang] : "";
}

static void put_files(const tsl__crm_pack *pack, tsl__text *out)
{
    static const char *const head[TSL_LANGS] = {"| file | rows | what |\n|---|---:|---|\n",
                                                "| 文件 | 行数 | 内容 |\n|---|---:|---|\n"};
    const int lang = pack->plan->lang;
    tsl__text_puts(out, head[lang]);
    for (size_t i = 0; i < pack->export->file_count; i++) {
        const tsl_export_file *file = &pack->export->file[i];
        tsl__text_printf(out, "| `%s` | ", file->name);
        put_count(out, file->rows);
        tsl__text_printf(out, " | %s%s |\n", describe(pack, file, lang), describe_archive(file, lang));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const int is_there = others[i].target < 0 || others[i].target == (int)pack->export->target;
        if (is_there && (!others[i].since || pack->since)) {
            tsl__text_printf(out, "| `%s` | | %s |\n", others[i].name, others[i].what[lang]);
        }
    }
}

/* "Scored on 2024-06-30, against 2024-05-31: ", as far as the runs have days. */
static void put_days(const tsl__crm_pack *pack, tsl__text *out)
{
    static const char *const words[5][TSL_LANGS] = {
        {"Scored on ", "评分日期 "}, {": ", "，"}, {", against ", "，与 "}, {": ", " 相比。"}, {"", "共 "}};
    static const char *const earlier[TSL_LANGS] = {"an earlier run", "上一次运行"};
    static const char *const against[TSL_LANGS] = {"Against ", "与 "};
    const int lang = pack->plan->lang, has_day = *pack->run->scored_on != '\0';
    if (has_day) {
        tsl__text_printf(out, "%s%s", words[0][lang], pack->run->scored_on);
    }
    if (pack->since) {
        const char *day = pack->since->scored_on;
        tsl__text_printf(out, "%s%s%s", has_day ? words[2][lang] : against[lang], *day ? day : earlier[lang],
                         words[3][lang]);
    } else {
        tsl__text_printf(out, "%s%s", has_day ? words[1][lang] : "", words[4][lang]);
    }
}

static void put_title(const tsl__crm_pack *pack, tsl__text *out)
{
    const tsl__crm_plan *plan = pack->plan;
    const tsl_export *export = pack->export;
    tsl__text_printf(out, plan->lang ? "# 客户分群：%s\n\n" : "# Customer segments for %s\n\n", plan->target->name);
    put_days(pack, out);
    tsl__text_puts(out, pack->since && plan->lang ? "客户 " : "");
    put_count(out, export->read);
    tsl__text_puts(out, plan->lang ? " 位" : export->read == 1 ? " customer" : " customers");
    if (pack->since) {
        static const char *const said[3][TSL_LANGS] = {{" new", "新增"}, {" changed", "变化"}, {" vanished", "消失"}};
        const uint64_t count[3] = {export->created, export->changed, export->vanished};
        for (int i = 0; i < 3; i++) {
            tsl__text_puts(out, plan->lang ? "，" : ", ");
            tsl__text_puts(out, plan->lang ? said[i][1] : "");
            tsl__text_puts(out, plan->lang ? " " : "");
            put_count(out, count[i]);
            tsl__text_puts(out, plan->lang ? " 位" : said[i][0]);
        }
    }
    tsl__text_puts(out, plan->lang ? "。\n\n" : ".\n\n");
}

tsl_status tsl__crm_readme_write(const tsl__crm_pack *pack, tsl_error *err)
{
    static const char *const heads[3][TSL_LANGS] = {{"## What lies here\n\n", "## 文件清单\n\n"},
                                                    {"\n## How to import it\n\n", "\n## 如何导入\n\n"},
                                                    {"\n## To know\n\n", "\n## 须知\n\n"}};
    const int lang = pack->plan->lang;
    char *note = NULL;
    tsl__text out = {0};
    tsl_status status = TSL_OK;
    put_title(pack, &out);
    tsl__text_puts(&out, heads[0][lang]);
    put_files(pack, &out);
    tsl__text_puts(&out, heads[1][lang]);
    put_steps(pack, &out);
    if (pack->export->notes.count) {
        tsl__text_puts(&out, heads[2][lang]);
    }
    for (size_t i = 0; i < pack->export->notes.count; i++) {
        tsl_text_free(note);
        TSL__TRY(tsl_notes_get_words(pack->export->notes.text[i], tsl_lang_get_code(lang), &note, err));
        tsl__text_printf(&out, "- %s\n", note);
    }
    TSL__TRY(out.failed ? tsl__error_nomem(err) : tsl__crm_pack_put(pack, "README.md", out.data, err));
done:
    tsl_text_free(note);
    tsl__text_free(&out);
    return status;
}
