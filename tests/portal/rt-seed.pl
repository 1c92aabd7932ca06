# A queue, a customer who sees their own tickets, and an operator; prints the password of both.
use strict;
use warnings;
use RT;
RT::LoadConfig();
RT::Init();
my $system   = RT->SystemUser;
my $password = 'loopback-' x 3;

sub must { my ( $ok, $told ) = @_; die "$told\n" unless $ok; return $ok }

my $queue = RT::Queue->new($system);
must( $queue->Load('General') );
must( $queue->SetName('Assistenza') );
my $everyone = RT::Group->new($system);
$everyone->LoadSystemInternalGroup('Everyone');
my $requestor = RT::Group->new($system);
$requestor->LoadRoleGroup( Object => $RT::System, Name => 'Requestor' );
must( $everyone->PrincipalObj->GrantRight( Right => $_, Object => $queue ) ) for qw(SeeQueue CreateTicket);
must( $requestor->PrincipalObj->GrantRight( Right => $_, Object => $RT::System ) )
  for qw(ShowTicket ReplyToTicket ModifyTicket);
for my $user ( [ 'workshop', 0 ], [ 'operator', 1 ] ) {
    my ( $name, $is_staff ) = @$user;
    must(
        RT::User->new($system)->Create(
            Name         => $name,
            EmailAddress => "$name\@loopback.example",
            Password     => $password,
            Privileged   => $is_staff,
            Lang         => 'it',
        )
    );
}
my $operator = RT::User->new($system);
$operator->Load('operator');
must( $operator->PrincipalObj->GrantRight( Right => 'SuperUser', Object => $RT::System ) );
print "password=$password\n";
