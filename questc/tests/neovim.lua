-- Drives `questc lsp` from Neovim as somebody does who works on the game in the current folder. Prints what it sees, a line each.

local function say(...)
  io.stdout:write(table.concat({ ... }, " "), "\n")
end

local function fail(what)
  say("failed:", what)
  vim.cmd("cquit")
end

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 20) then
    fail(what)
  end
end

local root = vim.fn.getcwd()
vim.cmd("edit content/iron.json")
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({
  name = "questc",
  cmd = { os.getenv("QUESTC"), "lsp" },
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = "game" } },
})
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
wait_for("the server starts", function()
  return client.initialized
end)

-- The place of the first match of a pattern, and so many characters behind its start.
local function place(pattern, more)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    local at = line:find(pattern)
    if at then
      return { line = number - 1, character = at - 1 + more }
    end
  end
  fail("no " .. pattern)
end

local function ask(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params(buffer)
  local answer = client.request_sync(method, params, 60000, buffer)
  if not answer or answer.err then
    fail(method .. ": " .. vim.inspect(answer))
  end
  return answer.result
end

local function replace(pattern, with)
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  for number, line in ipairs(lines) do
    local changed, count = line:gsub(pattern, with, 1)
    if count > 0 then
      vim.api.nvim_buf_set_lines(buffer, number - 1, number, true, { changed })
      return
    end
  end
  fail("no " .. pattern)
end

-- Diagnostics come, and go when the mistake is gone.
replace('"next": "dig"', '"next": "digg"')
wait_for("a diagnostic", function()
  return #vim.diagnostic.get(buffer) > 0
end)
say("diagnostic:", (vim.diagnostic.get(buffer)[1].message:gsub("\n.*", "")))
replace('"next": "digg"', '"next": ""')
local offered = {}
for _, item in ipairs(ask("textDocument/completion", { position = place('"next": ""', 9) }).items) do
  table.insert(offered, item.label)
end
table.sort(offered)
say("completion:", table.concat(offered, " "))
replace('"next": ""', '"next": "dig"')
wait_for("no diagnostics", function()
  return #vim.diagnostic.get(buffer) == 0
end)
say("clean")

local found = ask("textDocument/definition", { position = place('"next": "dig"', 10) })
say("definition:", vim.fn.fnamemodify(vim.uri_to_fname(found[1].uri), ":t"), tostring(found[1].range.start.line + 1))

local used = {}
local context = { includeDeclaration = false }
for _, location in ipairs(ask("textDocument/references", { position = place('"id": "iron"', 8), context = context })) do
  table.insert(used, vim.fn.fnamemodify(vim.uri_to_fname(location.uri), ":t"))
end
table.sort(used)
say("references:", table.concat(used, " "))

-- Another name for the quest, in all files.
local edit = ask("textDocument/rename", { position = place('"id": "iron"', 8), newName = "steel" })
vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
vim.cmd("silent wall")
say("renamed")
client.stop()
wait_for("the server ends", function()
  return client.is_stopped()
end)
vim.cmd("qall!")
