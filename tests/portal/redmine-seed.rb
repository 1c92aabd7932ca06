# Fills an empty Redmine for the walk of tests/portal/real-redmine.ts and prints the keys of its people as one line of JSON.
require 'json'

Redmine::DefaultData::Loader.load('en') if Redmine::DefaultData::Loader.no_data?
{ 'rest_api_enabled' => '1', 'login_required' => '1', 'attachment_max_size' => '2048' }.each { |name, value| Setting[name] = value }

# Everybody logs in on the pages with this one.
PASSWORD = SecureRandom.hex(16)

def person(login, admin: false)
  user = User.new(firstname: login.capitalize, lastname: 'Prova', mail: "#{login}@loopback.example", language: 'en', admin: admin)
  user.login = login
  user.password = user.password_confirmation = PASSWORD
  user.save!
  user
end

def role(name, permissions)
  Role.create!(name: name, issues_visibility: 'all', permissions: permissions)
end

trackers = Tracker.sorted.to_a
own = role('Workshop', %i[view_issues add_issues edit_issues edit_own_issues add_issue_notes])
desk = role('Desk', %i[view_issues add_issues edit_issues add_issue_notes view_private_notes set_notes_private delete_issues])
quiet = role('Reader', %i[view_issues])
statuses = IssueStatus.sorted.to_a
[own, desk].each do |who|
  trackers.each do |tracker|
    statuses.each do |from|
      statuses.each do |to|
        next if from == to
        WorkflowTransition.create!(role: who, tracker: tracker, old_status: from, new_status: to)
      end
    end
  end
end

workshop, stranger, reader, operator = %w[workshop stranger reader operator].map { |login| person(login) }
names = { 'assistenza' => 'Assistenza', 'senza-campi' => 'Senza campi' }
projects = names.map do |identifier, name|
  project = Project.create!(name: name, identifier: identifier, is_public: false, tracker_ids: trackers.map(&:id), enabled_module_names: ['issue_tracking'])
  [[workshop, own], [stranger, own], [operator, desk], [reader, quiet]].each do |user, who|
    Member.create!(project: project, principal: user, roles: [who])
  end
  project
end
%w[Riferimento Matricola].each do |name|
  IssueCustomField.create!(
    name: name, field_format: 'string', is_for_all: false, is_filter: true, visible: true,
    tracker_ids: trackers.map(&:id), project_ids: [projects.first.id]
  )
end
# Not one that can be looked for, and one of another tracker alone.
IssueCustomField.create!(
  name: 'Senza filtro', field_format: 'string', is_for_all: false, is_filter: false, visible: true,
  tracker_ids: trackers.map(&:id), project_ids: [projects.first.id]
)
IssueCustomField.create!(
  name: 'Di un altro', field_format: 'string', is_for_all: false, is_filter: true, visible: true,
  tracker_ids: [trackers.last.id], project_ids: [projects.first.id]
)
people = { workshop: workshop, stranger: stranger, reader: reader, operator: operator }
puts "keys=#{JSON.generate(people.transform_values(&:api_key))}"
puts "password=#{PASSWORD}"
